package org.drawbridge.sip.transport.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes the certificate of {@link DevelopmentCertificate}: ECDSA P-256, good for all names of this
 * machine.
 */
final class SelfSignedCertificate {

  /** The organization in subject and issuer, by which we know our own. */
  private static final String MARK = "Drawbridge development certificate";

  /** Browsers take 398 days at most. */
  private static final Duration VALIDITY = Duration.ofDays(397);

  /** Clocks of phones may be behind ours. */
  private static final Duration BACKDATE = Duration.ofHours(1);

  private static final Pattern DNS_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?");
  private static final int SERIAL_BITS = 127;

  private SelfSignedCertificate() {}

  static boolean isOurs(X509Certificate certificate) {
    return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())
        && certificate.getSubjectX500Principal().getName().contains("O=" + MARK);
  }

  /** A new certificate and its key, in PEM. */
  static String pem(Instant now) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      StringWriter text = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
        writer.writeObject(certificate(pair, now));
        writer.writeObject(new JcaPKCS8Generator(pair.getPrivate(), null));
      }
      return text.toString();
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("cannot make a certificate: " + e.getMessage(), e);
    }
  }

  private static X509CertificateHolder certificate(KeyPair pair, Instant now)
      throws IOException, OperatorCreationException {
    Set<String> names = dnsNames();
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, MARK)
            .addRDN(BCStyle.CN, names.iterator().next())
            .build();
    BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1);
    Date from = Date.from(now.minus(BACKDATE));
    Date to = Date.from(now.minus(BACKDATE).plus(VALIDITY));
    return new JcaX509v3CertificateBuilder(subject, serial, from, to, subject, pair.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, alternativeNames(names))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
  }

  private static GeneralNames alternativeNames(Set<String> names) throws IOException {
    Set<GeneralName> all = new LinkedHashSet<>();
    names.forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
    addresses().forEach(address -> all.add(new GeneralName(GeneralName.iPAddress, address)));
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }

  private static Set<String> dnsNames() {
    Set<String> names = new LinkedHashSet<>();
    names.add("localhost");
    try {
      String host = InetAddress.getLocalHost().getHostName();
      if (DNS_NAME.matcher(host).matches()) {
        names.add(host);
      }
    } catch (UnknownHostException e) {
      return names;
    }
    return names;
  }

  /** All addresses of this machine, those of loopback first. */
  private static Set<String> addresses() throws SocketException {
    Set<String> addresses = new LinkedHashSet<>();
    addresses.add("127.0.0.1");
    addresses.add("::1");
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLinkLocalAddress())
        .map(InetAddress::getHostAddress)
        .map(text -> text.indexOf('%') < 0 ? text : text.substring(0, text.indexOf('%')))
        .forEach(addresses::add);
    return addresses;
  }
}
