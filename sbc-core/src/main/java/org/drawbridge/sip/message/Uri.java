package org.drawbridge.sip.message;

/** A URI as SIP carries it (RFC 3261 section 19.1, RFC 3966). {@code toString} is the wire form. */
public sealed interface Uri permits SipUri, TelUri, OpaqueUri {

  /** The scheme in lower case, without the colon. */
  String scheme();

  /**
   * Whether both name the same resource by the rules of their scheme (for SIP: RFC 3261 section
   * 19.1.4).
   */
  boolean equivalent(Uri other);

  /**
   * Parses a URI; a scheme that is neither sip, sips nor tel gives an {@link OpaqueUri}.
   *
   * @throws SipSyntaxException if the text is no URI, or not one its scheme allows
   */
  static Uri parse(String text) throws SipSyntaxException {
    int colon = OpaqueUri.schemeEnd(text);
    if (text.regionMatches(true, 0, "sip", 0, 3) && colon == 3) {
      return SipUri.parse(text, false, 4);
    }
    if (text.regionMatches(true, 0, "sips", 0, 4) && colon == 4) {
      return SipUri.parse(text, true, 5);
    }
    if (text.regionMatches(true, 0, "tel", 0, 3) && colon == 3) {
      return TelUri.parseAfterScheme(text);
    }
    return OpaqueUri.of(text, colon);
  }
}
