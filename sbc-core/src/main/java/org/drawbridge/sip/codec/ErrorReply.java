package org.drawbridge.sip.codec;

import java.util.Objects;
import org.drawbridge.sip.message.HeaderIndex;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that is refused before it is a message (RFC 3261 sections 8.2.6 and
 * 18.3). It goes back where the request came from, so the Via need not be understood.
 */
final class ErrorReply {
  private ErrorReply() {}

  /**
   * The answer, or null for an ACK, which gets none, and for what has neither Via nor CSeq and so
   * may be no SIP at all.
   */
  static @Nullable SipResponse to(byte[] wire, int lineEnd, HeaderIndex index, Fault fault) {
    String method = StartLineParser.methodOf(wire, lineEnd);
    Headers headers = Headers.of(wire, index);
    boolean answerable = headers.has(HeaderName.VIA) && headers.has(HeaderName.CSEQ);
    return method.isEmpty() || method.equals("ACK") || !answerable
        ? null
        : SipResponse.toUnreadable(headers, fault.status, fault.reason, taggedTo(headers));
  }

  /**
   * To with a tag: the same one for each copy of the request, as nothing of it is kept (RFC 3261
   * section 8.2.7). Null if To has one already, or cannot take one.
   */
  private static @Nullable String taggedTo(Headers headers) {
    String to = headers.first(HeaderName.TO);
    try {
      if (to == null || NameAddr.parse(to).params().has("tag")) {
        return null;
      }
    } catch (SipSyntaxException e) {
      return null;
    }
    int hash =
        Objects.hash(
            headers.first(HeaderName.CALL_ID),
            headers.first(HeaderName.CSEQ),
            headers.first(HeaderName.VIA));
    return to + ";tag=" + Integer.toHexString(hash);
  }
}
