package org.drawbridge.event;

import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HostPort;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;

/** The Contact of a subscription: our address on its flow. */
final class LocalContact {

  private LocalContact() {}

  static String of(Flow flow) {
    try {
      HostPort sentBy = HostPort.parse(flow.sentBy());
      SipUri uri =
          SipUri.of(Tokens.tag(), sentBy.host(), sentBy.port())
              .withParam("transport", flow.transport().uriParameter());
      return NameAddr.of(uri).toString();
    } catch (SipSyntaxException e) {
      throw new IllegalStateException(
          "a flow advertises what is no host and port: " + flow.sentBy(), e);
    }
  }
}
