package org.drawbridge.sip.codec;

import org.drawbridge.sip.message.SipSyntaxException;

/**
 * Why a message is refused; stays inside this package, where it ends as {@link
 * ParseResult.Malformed}.
 */
final class Fault extends Exception {
  private static final long serialVersionUID = 1L;

  final int status;
  final String reason;
  final int offset;

  Fault(int status, String reason, int offset) {
    super(reason, null, false, false);
    this.status = status;
    this.reason = reason;
    this.offset = offset;
  }

  static Fault badRequest(String reason, int offset) {
    return new Fault(400, reason, offset);
  }

  static Fault of(SipSyntaxException e) {
    String message = e.getMessage();
    return new Fault(400, message == null ? "Bad syntax" : message, e.offset());
  }
}
