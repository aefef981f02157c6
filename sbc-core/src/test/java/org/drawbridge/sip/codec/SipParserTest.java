package org.drawbridge.sip.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

class SipParserTest {
  private static final String OPTIONS =
      """
      OPTIONS sip:bob@example.com SIP/2.0
      v: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKa;rport, SIP/2.0/TCP [2001:db8::1];branch=z9hG4bKb
      From : "A \\"B\\" <x>" <sip:alice@example.com>;tag=1
      t: sip:bob@example.com
      Call-ID: abc@host
      CSeq: 7 OPTIONS
      Max-Forwards: 70
      X-Long: one
        two
      l: 4

      body
      """
          .stripTrailing()
          .replace("\n", "\r\n");

  static ParseResult parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT);
  }

  static SipRequest request(String text) {
    assertThat(parse(text)).isInstanceOf(ParseResult.Parsed.class);
    return (SipRequest) ((ParseResult.Parsed) parse(text)).message();
  }

  @Test
  void readsCompactJoinedFoldedAndQuotedHeaders() {
    SipRequest request = request(OPTIONS);
    assertThat(request.method()).isEqualTo(Method.OPTIONS);
    assertThat(request.vias()).hasSize(2);
    assertThat(request.topVia().branch()).isEqualTo("z9hG4bKa");
    assertThat(request.vias().get(1).sentBy()).isEqualTo("[2001:db8::1]:5060");
    assertThat(request.from().displayName()).isEqualTo("A \"B\" <x>");
    assertThat(request.fromTag()).isEqualTo("1");
    assertThat(request.toTag()).isNull();
    assertThat(request.headers().first("x-long")).isEqualTo("one two");
    assertThat(request.maxForwards()).isEqualTo(70);
    assertThat(request.bodyText()).isEqualTo("body");
  }

  @Test
  void editedMessageReadsBackAndKeepsUntouchedLines() {
    SipRequest request = request(OPTIONS);
    SipRequest edited =
        request.edit().removeFirst(HeaderName.VIA).replace(HeaderName.MAX_FORWARDS, "69").build();
    assertThat(edited.vias()).hasSize(1);
    assertThat(edited.maxForwards()).isEqualTo(69);
    assertThat(edited.toString())
        .contains("X-Long: one\r\n  two\r\n")
        .endsWith("Content-Length: 4\r\n\r\nbody");
    assertThat(request(edited.toString()).toString()).isEqualTo(edited.toString());
  }

  @Test
  void wrongCseqMethodIsAnsweredWith400() {
    ParseResult result = parse(OPTIONS.replace("7 OPTIONS", "7 INVITE"));
    assertThat(result).isInstanceOf(ParseResult.Malformed.class);
    SipResponse reply = requireNonNull(((ParseResult.Malformed) result).reply());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.vias()).hasSize(2);
  }
}
