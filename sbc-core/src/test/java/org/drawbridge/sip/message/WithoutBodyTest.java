package org.drawbridge.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is left of a request whose body is not needed any more. */
class WithoutBodyTest {

  private static final SipRequest INVITE =
      SipRequest.builder(Method.INVITE, uri())
          .header("Via", "SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK7")
          .header("From", "\"Alice\" <sip:alice@example.org>;tag=f7")
          .header("To", "<sip:bob@example.org>")
          .header("Call-ID", "seven@example.org")
          .header("CSeq", "7 INVITE")
          .header("Max-Breadth", "40")
          .body("application/sdp", "v=0\r\n".getBytes(StandardCharsets.US_ASCII))
          .build();

  private static Uri uri() {
    try {
      return Uri.parse("sip:bob@example.org");
    } catch (SipSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itHasAllHeadersAndNoBody() {
    SipRequest lean = INVITE.withoutBody();
    assertThat(lean.bodyLength()).isZero();
    assertThat(lean.wire()).hasSizeLessThan(INVITE.wire().length);
    assertThat(lean.method()).isEqualTo(Method.INVITE);
    assertThat(lean.requestUri()).isEqualTo(INVITE.requestUri());
    assertThat(lean.callId()).isEqualTo("seven@example.org");
    assertThat(lean.fromTag()).isEqualTo("f7");
    assertThat(lean.cseq()).isEqualTo(INVITE.cseq());
    assertThat(lean.topVia()).isEqualTo(INVITE.topVia());
    assertThat(lean.headers().first("Max-Breadth")).isEqualTo("40");
  }
}
