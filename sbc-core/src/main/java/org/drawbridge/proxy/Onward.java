package org.drawbridge.proxy;

import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.OutgoingRequest;

/** What every request that is passed on gets (RFC 3261 section 16.6 items 3 and 8). */
final class Onward {

  private static final int MAX_FORWARDS = 70;

  private Onward() {}

  /** A copy with our Via on top and one hop less to go. */
  static MessageCopy copy(SipRequest request, Flow flow, String branch) {
    int hops = request.maxForwards();
    int left = hops < 0 ? MAX_FORWARDS : Math.min(hops - 1, MAX_FORWARDS);
    return MessageCopy.of(request)
        .addFirst(HeaderName.VIA, OutgoingRequest.via(flow, branch))
        .replace(HeaderName.MAX_FORWARDS, Integer.toString(left));
  }
}
