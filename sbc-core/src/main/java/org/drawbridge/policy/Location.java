package org.drawbridge.policy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.drawbridge.sip.message.BodyParts;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.MultipartBody;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.token.Tokens;

/**
 * Where a caller is (RFC 6442): headers of an INVITE, and parts of its body that they refer to.
 * Those who answer emergency calls need it, nobody else gets it.
 */
public final class Location {

  /** The media type of such a part. */
  static final String TYPE = "application/pidf+xml";

  private static final String ROUTING = "Geolocation-Routing";

  private Location() {}

  /** Copies the headers. */
  public static void passHeaders(SipRequest from, MessageBuilder<SipRequest> to) {
    to.copy(from, HeaderName.GEOLOCATION);
    from.headers().all(ROUTING).forEach(value -> to.header(ROUTING, value));
  }

  /**
   * Gives an INVITE its session description, and beside it the parts that another one has.
   *
   * @param from the caller's
   * @param to what is sent to who answers
   */
  public static void describe(SipRequest from, MessageBuilder<SipRequest> to, byte[] sdp) {
    List<byte[]> parts = parts(from);
    if (parts.isEmpty()) {
      to.body(Replies.SDP, sdp);
      return;
    }
    String boundary = Tokens.tag();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    write(body, "--" + boundary + "\r\nContent-Type: " + Replies.SDP + "\r\n\r\n");
    body.writeBytes(sdp);
    for (byte[] part : parts) {
      write(body, "\r\n--" + boundary + "\r\n");
      body.writeBytes(part);
    }
    write(body, "\r\n--" + boundary + "--\r\n");
    to.header(HeaderName.MIME_VERSION, "1.0");
    to.body("multipart/mixed;boundary=" + boundary, body.toByteArray());
  }

  private static void write(ByteArrayOutputStream to, String text) {
    to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static List<byte[]> parts(SipRequest from) {
    return from.parts() instanceof BodyParts.Several(MultipartBody body)
        ? body.parts().stream().filter(part -> part.type().equals(TYPE)).map(body::whole).toList()
        : List.of();
  }
}
