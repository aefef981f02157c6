package org.drawbridge.sip.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a body that has several (RFC 2046 section 5.1, RFC 5621 section 3). Parts that are
 * multipart themselves are taken apart too, so none of these is one. Immutable.
 */
public final class MultipartBody {

  /**
   * One part.
   *
   * @param type media type, lower case, without parameters
   * @param isRequired whether one who cannot use it has to refuse the message (RFC 5621 section 4)
   * @param isEncoded whether its bytes are not the content itself, which SIP has no need of
   * @param head where its headers begin, in bytes of the body
   * @param from where its content begins
   * @param to where that ends
   */
  public record Part(
      String type, boolean isRequired, boolean isEncoded, int head, int from, int to) {}

  private final SipMessage message;
  private final List<Part> parts;

  MultipartBody(SipMessage message, List<Part> parts) {
    this.message = message;
    this.parts = List.copyOf(parts);
  }

  /** All parts in their order. */
  public List<Part> parts() {
    return parts;
  }

  /** The content of the first such part, not encoded, as UTF-8 text; null if there is none. */
  public @Nullable String first(String type) {
    for (Part part : parts) {
      if (part.type().equals(type) && !part.isEncoded()) {
        return new String(message.body(part.from(), part.to()), StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  /** A part as it stands between its delimiters, headers and all. */
  public byte[] whole(Part part) {
    return message.body(part.head(), part.to());
  }

  /** The body with other content for all parts of this type, none of which may be encoded. */
  public byte[] with(String type, byte[] content) {
    byte[] body = message.body();
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + content.length);
    int copied = 0;
    for (Part part : parts) {
      if (part.type().equals(type)) {
        out.write(body, copied, part.from() - copied);
        out.writeBytes(content);
        copied = part.to();
      }
    }
    out.write(body, copied, body.length - copied);
    return out.toByteArray();
  }
}
