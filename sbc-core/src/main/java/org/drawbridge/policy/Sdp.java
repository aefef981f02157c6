package org.drawbridge.policy;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sip.message.BodyParts;
import org.drawbridge.sip.message.MultipartBody;
import org.drawbridge.sip.message.SipMessage;
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
    return message.parts() instanceof BodyParts.Several(MultipartBody several)
        ? several.first(Replies.SDP)
        : null;
  }

  /** A description on the wire (RFC 8866 section 5). */
  public static byte[] bytes(String sdp) {
    return sdp.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether parts of the body may hold SDP that we cannot read, and so not make ours. */
  public static boolean isHidden(SipMessage message) {
    return switch (message.parts()) {
      case BodyParts.Single() -> false;
      case BodyParts.Several(MultipartBody several) ->
          several.parts().stream()
              .anyMatch(part -> part.isEncoded() && part.type().equals(Replies.SDP));
      case BodyParts.Unreadable _ -> true;
    };
  }
}
