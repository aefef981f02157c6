package org.drawbridge.sip.message;

/**
 * Text that does not follow the SIP grammar (RFC 3261 section 25). Cheap: it carries no stack
 * trace, because malformed network input is ordinary and is answered with 400 by the caller.
 */
public final class SipSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param message what is wrong, fit for the reason phrase of a 400
   * @param offset where in the parsed text, counted from its start
   */
  public SipSyntaxException(String message, int offset) {
    super(message, null, false, false);
    this.offset = offset;
  }

  /** Where in the parsed text the fault is, counted from its start. */
  public int offset() {
    return offset;
  }
}
