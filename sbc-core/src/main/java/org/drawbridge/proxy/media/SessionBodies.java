package org.drawbridge.proxy.media;

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

  /** A response with another body. */
  static byte[] withBody(SipResponse response, byte[] body) {
    return MessageCopy.of(response).removeFirst(HeaderName.VIA, 1).body(body).toBytes();
  }
}
