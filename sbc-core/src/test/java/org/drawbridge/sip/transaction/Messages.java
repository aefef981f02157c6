package org.drawbridge.sip.transaction;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;

/** Requests as a user agent writes them, for tests of what is above the codec. */
public final class Messages {

  private Messages() {}

  /** A request from alice to bob outside a dialog, without Via. */
  public static MessageBuilder<SipRequest> outgoing(Method method, String callId) {
    return SipRequest.builder(method, SipUri.of("bob", "example.com", -1))
        .header(HeaderName.MAX_FORWARDS, "70")
        .header(HeaderName.FROM, "<sip:alice@example.com>;tag=alice-tag")
        .header(HeaderName.TO, "<sip:bob@example.com>")
        .header(HeaderName.CALL_ID, callId)
        .header(HeaderName.CSEQ, "1 " + method)
        .header(HeaderName.CONTACT, "<sip:alice@192.0.2.1:5062>");
  }

  /** The same, as it arrives: with alice's Via, which names a host behind a NAT. */
  public static MessageBuilder<SipRequest> incoming(Method method, String callId, String branch) {
    return outgoing(method, callId)
        .headerFirst(HeaderName.VIA, "SIP/2.0/UDP 10.0.0.7:5062;branch=" + branch);
  }

  /** A response of bob. */
  public static SipResponse response(SipRequest request, int status) {
    return SipResponse.to(request, status, "Reason", "bob-tag")
        .header(HeaderName.CONTACT, "<sip:bob@192.0.2.2:5064>")
        .build();
  }

  /** What these bytes say; they have to say something. */
  public static SipMessage parse(byte[] bytes) {
    ParseResult result = SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT);
    if (result instanceof ParseResult.Parsed(SipMessage message)) {
      return message;
    }
    throw new AssertionError(result + " from " + new String(bytes, StandardCharsets.UTF_8));
  }
}
