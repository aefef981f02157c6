package org.drawbridge.policy;

import org.drawbridge.sip.message.SipMessage;
import org.jspecify.annotations.Nullable;

/** The session description a message carries. */
public final class Sdp {

  private Sdp() {}

  /** The SDP in the body, or null if the body is empty or something else. */
  public static @Nullable String of(SipMessage message) {
    return message.bodyLength() > 0 && message.hasContentType(Replies.SDP)
        ? message.bodyText()
        : null;
  }
}
