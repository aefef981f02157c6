package org.drawbridge.sip.transport.tls;

import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.drawbridge.sip.flow.IpLiteral;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * The SIP domains that a certificate is for (RFC 5922 section 7.1): those of its alternative names,
 * and of its common name only where it has no alternative names at all.
 *
 * @param domains in lower case, wild cards among them
 * @param addresses numeric ones
 */
record CertificateNames(List<String> domains, List<InetAddress> addresses) {

  /** Names of one certificate that are looked at. */
  private static final int MOST = 100;

  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int ADDRESS = 7;

  CertificateNames {
    domains = List.copyOf(domains);
    addresses = List.copyOf(addresses);
  }

  /**
   * Reads them.
   *
   * @throws CertificateException if the certificate's names cannot be read
   */
  static CertificateNames of(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> alternatives = alternatives(certificate);
    Set<String> domains = new LinkedHashSet<>();
    List<InetAddress> addresses = new ArrayList<>();
    if (alternatives == null) {
      domains.addAll(commonNames(certificate));
    } else {
      alternatives.stream().limit(MOST).forEach(name -> read(name, domains, addresses));
    }
    return new CertificateNames(List.copyOf(domains), addresses);
  }

  private static @Nullable Collection<List<?>> alternatives(X509Certificate certificate)
      throws CertificateParsingException {
    return certificate.getSubjectAlternativeNames();
  }

  private static void read(List<?> name, Set<String> domains, List<InetAddress> addresses) {
    if (!(name.get(0) instanceof Integer kind) || !(name.get(1) instanceof String value)) {
      return;
    }
    switch (kind) {
      case DNS -> domains.add(value.toLowerCase(Locale.ROOT));
      case URI -> addDomainOf(value, domains);
      case ADDRESS -> {
        InetAddress address = IpLiteral.parse(value);
        if (address != null) {
          addresses.add(address);
        }
      }
      default -> {
        // Mail addresses and the like name no SIP domain.
      }
    }
  }

  /** A SIP URI with a user is that person's, not the domain's. */
  private static void addDomainOf(String uri, Set<String> domains) {
    if (!uri.regionMatches(true, 0, "sip:", 0, 4)) {
      return;
    }
    try {
      SipUri sip = SipUri.parse(uri);
      if (sip.user() == null) {
        domains.add(sip.bareHost().toLowerCase(Locale.ROOT));
      }
    } catch (SipSyntaxException _) {
      // A URI that cannot be read names nobody.
    }
  }

  private static List<String> commonNames(X509Certificate certificate) throws CertificateException {
    try {
      List<String> names = new ArrayList<>();
      RDN[] subject = new JcaX509CertificateHolder(certificate).getSubject().getRDNs(BCStyle.CN);
      for (RDN part : subject) {
        names.add(IETFUtils.valueToString(part.getFirst().getValue()).toLowerCase(Locale.ROOT));
      }
      return names;
    } catch (RuntimeException e) {
      throw new CertificateException("a subject that cannot be read", e);
    }
  }

  /**
   * Whether it is for a host that we turn to. A wild card stands for one label, which RFC 5922
   * would not have and carriers do.
   */
  boolean isFor(String host) {
    InetAddress address = IpLiteral.parse(host);
    if (address != null) {
      return addresses.contains(address);
    }
    String wanted = host.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    return domains.contains(wanted) || dot > 0 && domains.contains("*" + wanted.substring(dot));
  }
}
