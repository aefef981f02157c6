package org.drawbridge.upstream;

import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HostPort;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;

/** Where a peer reaches us, as seen over the flow to it. */
final class OwnContact {

  private OwnContact() {}

  /** Our URI with this user. */
  static SipUri uri(Flow flow, String user) {
    try {
      HostPort sentBy = HostPort.parse(flow.sentBy());
      return SipUri.of(user, sentBy.host(), sentBy.port())
          .withParam("transport", flow.transport().uriParameter());
    } catch (SipSyntaxException e) {
      throw new IllegalStateException(
          "a flow advertises what is no host and port: " + flow.sentBy(), e);
    }
  }
}
