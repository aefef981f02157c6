package org.drawbridge.policy;

import org.drawbridge.sip.message.MultipartBody;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipSyntaxException;
import org.jspecify.annotations.Nullable;

/** The session description a message carries. */
public final class Sdp {

  private Sdp() {}

  /** The SDP in the body or in one of its parts, or null if there is none that can be read. */
  public static @Nullable String of(SipMessage message) {
    if (message.bodyLength() == 0) {
      return null;
    }
    if (message.hasContentType(Replies.SDP)) {
      return message.bodyText();
    }
    if (!MultipartBody.isIn(message)) {
      return null;
    }
    try {
      return MultipartBody.of(message).first(Replies.SDP);
    } catch (SipSyntaxException _) {
      return null;
    }
  }

  /** Whether parts of the body may hold SDP that we cannot read, and so not make ours. */
  public static boolean isHidden(SipMessage message) {
    if (!MultipartBody.isIn(message)) {
      return false;
    }
    try {
      return MultipartBody.of(message).parts().stream()
          .anyMatch(part -> part.isEncoded() && part.type().equals(Replies.SDP));
    } catch (SipSyntaxException _) {
      return true;
    }
  }
}
