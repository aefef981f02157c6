package org.drawbridge.sip.message;

/**
 * Makes sure that the headers every message is matched and routed by are well-formed, so that
 * {@link HotHeaders} can parse them when they are asked for.
 */
final class HotCheck {

  private HotCheck() {}

  /**
   * Checks all lines.
   *
   * @throws SipSyntaxException for the first that is not well-formed; offset into the message
   */
  static void all(Headers headers) throws SipSyntaxException {
    for (int i = 0; i < headers.size(); i++) {
      line(headers, i);
    }
  }

  /** Checks one line; one of another header is always fine. */
  static void line(Headers headers, int i) throws SipSyntaxException {
    HeaderName name = headers.known(i);
    if (name == null) {
      return;
    }
    byte[] b = headers.wire();
    int from = headers.index().valueStart(i);
    int to = headers.index().valueEnd(i);
    boolean fine =
        switch (name) {
          case VIA -> PlainSyntax.isViaList(b, from, to);
          case FROM, TO, CONTACT, ROUTE, RECORD_ROUTE -> PlainSyntax.isAddress(b, from, to);
          case CALL_ID -> PlainSyntax.isCallId(b, from, to);
          case CSEQ -> PlainSyntax.isCSeq(b, from, to);
          case MAX_FORWARDS -> PlainSyntax.number(b, from, to, HotHeaders.MOST_HOPS) >= 0;
          case EXPIRES -> PlainSyntax.number(b, from, to, HotHeaders.MOST_SECONDS) >= 0;
          default -> true;
        };
    if (!fine) {
      parse(name, headers, i);
    }
  }

  /** A tag has a value (RFC 3261 section 25.1), and no second one may be put beside it. */
  private static void party(String value) throws SipSyntaxException {
    NameAddr party = NameAddr.parse(value);
    if (party.params().has("tag") && party.tag() == null) {
      throw new SipSyntaxException("tag without a value", 0);
    }
  }

  private static void parse(HeaderName name, Headers headers, int i) throws SipSyntaxException {
    String value = headers.value(i);
    try {
      switch (name) {
        case VIA -> HotHeaders.vias(value);
        case FROM, TO -> party(value);
        case CONTACT -> HotHeaders.contacts(value);
        case ROUTE, RECORD_ROUTE -> HotHeaders.addresses(value);
        case CALL_ID -> HotHeaders.callId(value);
        case CSEQ -> CSeq.parse(value);
        case MAX_FORWARDS -> HotHeaders.hops(value);
        default -> HotHeaders.seconds(value);
      }
    } catch (SipSyntaxException e) {
      int offset = headers.index().valueStart(i) + e.offset();
      throw new SipSyntaxException("Bad " + name.canonical() + ": " + e.getMessage(), offset);
    }
  }
}
