package org.drawbridge.proxy.media;

import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipResponse;

/** What becomes of the bodies of one request that is passed on, and of its responses. */
public interface SessionBodies {

  /** All pass as they are. */
  SessionBodies AS_THEY_ARE =
      new SessionBodies() {
        @Override
        public void request(MessageCopy copy) {}
      };

  /** Changes the request as it goes on; more than once where it is sent again another way. */
  void request(MessageCopy copy);

  /** A provisional or successful response as the sender of the request gets it. */
  default byte[] response(SipResponse response) {
    return MessageCopy.withoutTopVia(response);
  }

  /**
   * The request has its final response, which was not passed through here if it is a failure.
   *
   * @param status its status; 0 where nobody is left to get one
   */
  default void ended(int status) {}

  /** A response in which no SDP can be read, without what may hide some. */
  static byte[] withoutSdp(SipResponse response) {
    return Sdp.isHidden(response) ? withoutBody(response) : MessageCopy.withoutTopVia(response);
  }

  /** A response without its body. */
  static byte[] withoutBody(SipResponse response) {
    return MessageCopy.of(response).removeFirst(HeaderName.VIA, 1).noBody().toBytes();
  }

  /** Whether the sender of the request may take a body for an answer (RFC 3261 section 13.2.1). */
  static boolean isReliable(SipResponse response) {
    return response.isSuccess() || response.headers().has(HeaderName.RSEQ);
  }

  /** A response with other SDP. */
  static byte[] withSdp(SipResponse response, byte[] sdp) {
    return MessageCopy.of(response)
        .removeFirst(HeaderName.VIA, 1)
        .content(Replies.SDP, sdp)
        .toBytes();
  }
}
