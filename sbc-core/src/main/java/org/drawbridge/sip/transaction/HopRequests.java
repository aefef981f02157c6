package org.drawbridge.sip.transaction;

import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** The two requests a client transaction makes itself, out of its own request. */
final class HopRequests {

  private static final String MAX_FORWARDS = "70";

  private HopRequests() {}

  /**
   * The ACK of a failure (RFC 3261 17.1.1.3): To is that of the response, and the credentials are
   * those of the INVITE (22.1).
   */
  static SipRequest ack(SipRequest invite, SipResponse failure) {
    return sameHop(invite, Method.ACK)
        .copy(failure, HeaderName.TO)
        .copy(invite, HeaderName.AUTHORIZATION)
        .copy(invite, HeaderName.PROXY_AUTHORIZATION)
        .build();
  }

  /** The CANCEL of a request (RFC 3261 9.1), with a Reason (RFC 3326) if there is one. */
  static SipRequest cancel(SipRequest invite, @Nullable String reason) {
    MessageBuilder<SipRequest> cancel = sameHop(invite, Method.CANCEL).copy(invite, HeaderName.TO);
    if (reason != null) {
      cancel.header(HeaderName.REASON, reason);
    }
    return cancel.build();
  }

  /** Only the top Via: the request goes to the next hop and no further. */
  private static MessageBuilder<SipRequest> sameHop(SipRequest invite, Method method) {
    return SipRequest.builder(method, invite.requestUri())
        .header(HeaderName.VIA, invite.topVia().toString())
        .header(HeaderName.MAX_FORWARDS, MAX_FORWARDS)
        .copy(invite, HeaderName.ROUTE)
        .copy(invite, HeaderName.FROM)
        .copy(invite, HeaderName.CALL_ID)
        .header(HeaderName.CSEQ, CSeq.of(invite.cseq().seq(), method).toString());
  }
}
