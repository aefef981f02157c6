package org.drawbridge.sip.message;

/** How many contents a body has, and which (RFC 5621). */
public sealed interface BodyParts {

  /** One, or none at all: the body is as its Content-Type says. */
  record Single() implements BodyParts {}

  /** Several. */
  record Several(MultipartBody body) implements BodyParts {}

  /**
   * Several that cannot be told apart.
   *
   * @param why in words for people
   * @param hasHitBound whether it is because there are too many, or too many within one another
   */
  record Unreadable(String why, boolean hasHitBound) implements BodyParts {}

  /** Takes a body apart. */
  static BodyParts of(SipMessage message) {
    String type = message.bodyLength() == 0 ? null : message.contentType();
    if (type == null || !MultipartReader.isMultipart(type)) {
      return new Single();
    }
    MultipartReader reader = new MultipartReader(message);
    try {
      return new Several(reader.read());
    } catch (SipSyntaxException e) {
      return new Unreadable(String.valueOf(e.getMessage()), reader.hasHitBound());
    }
  }
}
