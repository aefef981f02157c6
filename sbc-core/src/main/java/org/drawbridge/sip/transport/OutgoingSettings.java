package org.drawbridge.sip.transport;

import org.drawbridge.sip.dns.DnsSettings;

/**
 * How peers are found and verified that we turn to.
 *
 * @param dns how their names are looked up
 * @param tls how their certificates are verified
 */
public record OutgoingSettings(DnsSettings dns, OutgoingTls tls) {

  /** The name servers of this machine, the JDK's authorities. */
  public static final OutgoingSettings DEFAULT =
      new OutgoingSettings(DnsSettings.DEFAULT, OutgoingTls.DEFAULT);
}
