package org.drawbridge.sip.codec;

import java.util.List;
import java.util.Objects;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderIndex;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.Via;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that is refused before it is a message (RFC 3261 sections 8.2.6 and
 * 18.3).
 */
final class ErrorReply {
  private static final HeaderName[] COPIED = {
    HeaderName.VIA, HeaderName.FROM, HeaderName.TO, HeaderName.CALL_ID, HeaderName.CSEQ
  };

  private ErrorReply() {}

  /**
   * The answer, or null if there is not enough to address it, or the request is an ACK, which gets
   * none.
   */
  static @Nullable SipResponse to(byte[] wire, int lineEnd, HeaderIndex index, Fault fault) {
    String method = StartLineParser.methodOf(wire, lineEnd);
    Headers headers = Headers.of(wire, index);
    if (method.isEmpty() || method.equals("ACK") || !addressable(headers)) {
      return null;
    }
    try {
      MessageBuilder<SipResponse> reply = SipResponse.builder(fault.status, fault.reason);
      for (HeaderName name : COPIED) {
        for (String value : headers.all(name)) {
          reply.header(name, name == HeaderName.TO ? tagged(value, headers) : value);
        }
      }
      return reply.build();
    } catch (IllegalArgumentException | SipSyntaxException e) {
      return null;
    }
  }

  /**
   * To with a tag: the same one for each copy of the request, as nothing of it is kept (RFC 3261
   * section 8.2.7).
   */
  private static String tagged(String to, Headers headers) throws SipSyntaxException {
    if (NameAddr.parse(to).tag() != null) {
      return to;
    }
    int hash =
        Objects.hash(
            headers.first(HeaderName.CALL_ID),
            headers.first(HeaderName.CSEQ),
            headers.first(HeaderName.VIA));
    return to + ";tag=" + Integer.toHexString(hash);
  }

  private static boolean addressable(Headers headers) {
    try {
      Via.parse(first(headers.values(HeaderName.VIA)));
      NameAddr.parse(only(headers, HeaderName.FROM));
      NameAddr.parse(only(headers, HeaderName.TO));
      CSeq.parse(only(headers, HeaderName.CSEQ));
      return headers.count(HeaderName.CALL_ID) == 1;
    } catch (SipSyntaxException e) {
      return false;
    }
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static String only(Headers headers, HeaderName name) {
    return headers.count(name) == 1 ? first(headers.all(name)) : "";
  }
}
