package org.drawbridge.sip.dns;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A transport of a domain and the name whose SRV records say where it is. Pure.
 *
 * @param transport UDP, TCP or TLS
 * @param srvName such as {@code _sip._udp.example.com}
 */
record Service(Transport transport, String srvName) {
  private static final Comparator<Naptr> BY_ORDER =
      Comparator.comparingInt(Naptr::order).thenComparingInt(Naptr::preference);

  /** Names whose SRV records are asked for. */
  static final int MOST = 6;

  /** Which we like better where a domain does not say. */
  private static final List<Transport> PREFERENCE =
      List.of(Transport.UDP, Transport.TCP, Transport.TLS);

  /** The service of a transport under its usual name (RFC 3263 section 4.1). */
  static Service of(Transport transport, String domain) {
    String prefix =
        switch (transport) {
          case UDP -> "_sip._udp.";
          case TCP, WS -> "_sip._tcp.";
          case TLS, WSS -> "_sips._tcp.";
        };
    return new Service(transport, prefix + domain);
  }

  /** What to ask for where the domain has no NAPTR records that we can use. */
  static List<Service> usual(String domain, boolean secure, Set<Transport> usable) {
    return PREFERENCE.stream()
        .filter(transport -> fits(transport, secure, usable))
        .map(transport -> of(transport, domain))
        .toList();
  }

  /**
   * The services a domain names itself, in its order: those of other protocols, of transports we
   * have not, and for a SIPS URI those without TLS are left out (RFC 3263 section 4.1). A transport
   * may have several names, such as one for each site.
   */
  static List<Service> named(List<Naptr> records, boolean secure, Set<Transport> usable) {
    Set<Service> services = new LinkedHashSet<>();
    for (Naptr record : records.stream().sorted(BY_ORDER).toList()) {
      Transport transport = transport(record);
      if (transport != null && fits(transport, secure, usable)) {
        services.add(new Service(transport, record.replacement()));
      }
    }
    return services.stream().limit(MOST).toList();
  }

  private static boolean fits(Transport transport, boolean secure, Set<Transport> usable) {
    return usable.contains(transport) && (!secure || transport.isSecure());
  }

  private static @Nullable Transport transport(Naptr record) {
    if (!record.flags().equalsIgnoreCase("s")
        || !record.regexp().isEmpty()
        || record.replacement().isEmpty()) {
      return null;
    }
    return switch (record.service().toUpperCase(Locale.ROOT)) {
      case "SIP+D2U" -> Transport.UDP;
      case "SIP+D2T" -> Transport.TCP;
      case "SIPS+D2T" -> Transport.TLS;
      default -> null;
    };
  }
}
