package org.drawbridge.sip.transport.tls;

import java.util.Map;
import org.drawbridge.sip.dns.DnsSettings;

/**
 * How peers are found and verified that we turn to.
 *
 * @param dns how their names are looked up
 * @param tls what TLS is done with where nothing else is said
 * @param identities the same for the identities that {@link org.drawbridge.sip.flow.Target} names
 */
public record OutgoingSettings(
    DnsSettings dns, OutgoingTls tls, Map<String, OutgoingTls> identities) {

  /** The name servers of this machine, the JDK's authorities. */
  public static final OutgoingSettings DEFAULT =
      new OutgoingSettings(DnsSettings.DEFAULT, OutgoingTls.DEFAULT, Map.of());

  public OutgoingSettings {
    identities = Map.copyOf(identities);
  }
}
