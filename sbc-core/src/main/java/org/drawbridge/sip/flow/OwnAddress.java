package org.drawbridge.sip.flow;

import java.util.Locale;
import org.drawbridge.sip.message.HostPort;
import org.drawbridge.sip.message.SipSyntaxException;

/** Hosts in URIs that mean this machine. Thread-safe. */
public final class OwnAddress {

  private OwnAddress() {}

  /**
   * Whether the peer of a flow means us by a host: our address there, or what we show it in its
   * place.
   *
   * @param bareHost without brackets
   */
  public static boolean is(String bareHost, Flow flow) {
    return bareHost.equals(flow.local().getAddress().getHostAddress().toLowerCase(Locale.ROOT))
        || bareHost.equals(shown(flow));
  }

  private static String shown(Flow flow) {
    try {
      return HostPort.parse(flow.sentBy()).bareHost();
    } catch (SipSyntaxException e) {
      throw new IllegalStateException(
          "a flow advertises what is no host and port: " + flow.sentBy(), e);
    }
  }
}
