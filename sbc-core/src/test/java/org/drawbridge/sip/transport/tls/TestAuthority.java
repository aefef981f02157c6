package org.drawbridge.sip.transport.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority of a test and the certificates that it issues, as files in one directory. */
public final class TestAuthority {

  private static final AtomicLong SERIALS = new AtomicLong(1);

  private final Path directory;
  private final X500Name name;
  private final KeyPair pair;
  private final Path file;

  /** Makes one. */
  public TestAuthority(Path directory, String name) {
    this.directory = directory;
    this.name = new X500Name("CN=" + name);
    this.pair = pair();
    this.file = directory.resolve(name + "-ca.pem");
    X509v3CertificateBuilder builder = builder(this.name, pair, Instant.now());
    write(file, signed(with(builder, Extension.basicConstraints, new BasicConstraints(true))));
  }

  /** Its own certificate. */
  public Path file() {
    return file;
  }

  /** What a certificate is to say. */
  public record Wish(
      String commonName,
      @Nullable GeneralNames alternatives,
      @Nullable KeyPurposeId purpose,
      Instant from) {

    /** Good for any purpose from now on. */
    public static Wish named(String commonName, GeneralName... alternatives) {
      GeneralNames names = alternatives.length == 0 ? null : new GeneralNames(alternatives);
      return new Wish(commonName, names, null, Instant.now());
    }

    public Wish purpose(KeyPurposeId only) {
      return new Wish(commonName, alternatives, only, from);
    }

    public Wish from(Instant begin) {
      return new Wish(commonName, alternatives, purpose, begin);
    }
  }

  public static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  public static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  /** A certificate for a DNS name. */
  public TlsFiles issue(String name) {
    return issue(Wish.named(name, dns(name)));
  }

  /** A certificate and its key in one file. */
  public TlsFiles issue(Wish wish) {
    KeyPair own = pair();
    X509v3CertificateBuilder builder =
        builder(new X500Name("CN=" + wish.commonName), own, wish.from);
    if (wish.alternatives != null) {
      with(builder, Extension.subjectAlternativeName, wish.alternatives);
    }
    if (wish.purpose != null) {
      with(builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(wish.purpose));
    }
    Path issued = directory.resolve(wish.commonName + "-" + SERIALS.get() + ".pem");
    write(issued, signed(builder), pkcs8(own));
    return new TlsFiles(issued, null);
  }

  private static Object pkcs8(KeyPair pair) {
    try {
      return new JcaPKCS8Generator(pair.getPrivate(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair of, Instant from) {
    return new JcaX509v3CertificateBuilder(
        name,
        BigInteger.valueOf(SERIALS.incrementAndGet()),
        Date.from(from.minus(Duration.ofHours(1))),
        Date.from(from.plus(Duration.ofDays(1))),
        subject,
        of.getPublic());
  }

  private static X509v3CertificateBuilder with(
      X509v3CertificateBuilder builder, ASN1ObjectIdentifier kind, ASN1Encodable value) {
    try {
      return builder.addExtension(kind, false, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private X509Certificate signed(X509v3CertificateBuilder builder) {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path file, Object... objects) {
    try {
      StringWriter text = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
        for (Object object : objects) {
          writer.writeObject(object);
        }
      }
      Files.writeString(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
