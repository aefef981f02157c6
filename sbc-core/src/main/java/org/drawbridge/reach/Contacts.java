package org.drawbridge.reach;

import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HostPort;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;

/** The Contact we show a peer: our address on its flow and a name that means nothing to it. */
public final class Contacts {

  private Contacts() {}

  /** Our Contact on this flow: its user is {@code opaque}. */
  public static String of(Flow flow, String opaque) {
    try {
      HostPort sentBy = HostPort.parse(flow.sentBy());
      SipUri uri =
          SipUri.of(opaque, sentBy.host(), sentBy.port())
              .withParam("transport", flow.transport().uriParameter());
      return NameAddr.of(uri).toString();
    } catch (SipSyntaxException e) {
      throw new IllegalStateException(
          "a flow advertises what is no host and port: " + flow.sentBy(), e);
    }
  }
}
