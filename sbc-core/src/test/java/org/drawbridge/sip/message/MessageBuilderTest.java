package org.drawbridge.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBuilderTest {
  private static final SipUri BOB = SipUri.of("bob", "example.com", -1);

  private static MessageBuilder<SipRequest> invite() {
    return SipRequest.builder(Method.INVITE, BOB)
        .header(
            HeaderName.VIA,
            "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa, SIP/2.0/TCP 192.0.2.2;branch=z9hG4bKb")
        .header(HeaderName.FROM, "<sip:alice@example.com>;tag=1")
        .header(HeaderName.TO, "<sip:bob@example.com>")
        .header(HeaderName.CALL_ID, "abc")
        .header(HeaderName.CSEQ, CSeq.of(1, Method.INVITE).toString());
  }

  @Test
  void serialisesInOrderWithTheLengthOfTheBody() {
    SipRequest request =
        invite()
            .header("X-Custom", " v ")
            .body("application/sdp", "v=0\r\nü".getBytes(UTF_8))
            .build();
    assertThat(request)
        .hasToString(
            "INVITE sip:bob@example.com SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa, SIP/2.0/TCP 192.0.2.2;branch=z9hG4bKb\r\n"
                + "From: <sip:alice@example.com>;tag=1\r\n"
                + "To: <sip:bob@example.com>\r\n"
                + "Call-ID: abc\r\n"
                + "CSeq: 1 INVITE\r\n"
                + "X-Custom: v\r\n"
                + "Content-Type: application/sdp\r\n"
                + "Content-Length: 7\r\n"
                + "\r\n"
                + "v=0\r\nü");
    assertThat(request.headers().first("x-custom")).isEqualTo("v");
    assertThat(request.hasContentType("Application/SDP")).isTrue();
  }

  @Test
  void changesOnlyWhatItIsAskedTo() {
    SipRequest request = invite().header("X-A", "1").header("X-B", "2").header("x-a", "3").build();
    SipRequest edited =
        request
            .edit()
            .requestUri(BOB.withHost("2001:db8::1").withPort(5070))
            .replace("X-A", "9")
            .removeFirst(HeaderName.VIA)
            .headerFirst(HeaderName.ROUTE, "<sip:edge;lr>")
            .build();
    assertThat(edited.requestUri()).hasToString("sip:bob@[2001:db8::1]:5070");
    assertThat(edited.headers().all("X-A")).containsExactly("9");
    assertThat(edited.headers().iterator().next().known()).isEqualTo(HeaderName.ROUTE);
    assertThat(edited.vias()).extracting(Via::branch).containsExactly("z9hG4bKb");
    assertThat(edited.edit().removeFirst(HeaderName.VIA).build().headers().has(HeaderName.VIA))
        .isFalse();
    assertThat(
            edited
                .edit()
                .replaceFirst(HeaderName.VIA, "SIP/2.0/UDP h;branch=x")
                .build()
                .topVia()
                .host())
        .isEqualTo("h");
    assertThat(edited.edit().remove("x-b").build().headers().first("X-B")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nEvil: 1", "a\nEvil: 1", "a\rb", "a\0b", "\r\n\r\n"})
  void noValueCanStartALineOfItsOwn(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> invite().header(HeaderName.SUBJECT, value));
    assertThatIllegalArgumentException().isThrownBy(() -> invite().header("X-Custom", value));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> invite().headerFirst(HeaderName.ROUTE, value));
    assertThatIllegalArgumentException().isThrownBy(() -> invite().replace(HeaderName.TO, value));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> invite().replaceFirst(HeaderName.VIA, value));
    assertThatIllegalArgumentException().isThrownBy(() -> invite().body(value, new byte[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> SipResponse.builder(200, value));
    assertThatIllegalArgumentException().isThrownBy(() -> Params.EMPTY.with("a", value));
    assertThatIllegalArgumentException().isThrownBy(() -> BOB.withHost(value));
    assertThatIllegalArgumentException().isThrownBy(() -> new TelUri(value, Params.EMPTY));
    assertThatIllegalArgumentException().isThrownBy(() -> new OpaqueUri("x", "x:" + value));
    assertThat(BOB.withUser(value).toString()).doesNotContain("\r").doesNotContain("\n");
    String named = NameAddr.of(BOB).withDisplayName(value).toString();
    if (!value.contains("\0")) {
      assertThatIllegalArgumentException().isThrownBy(() -> invite().replace(HeaderName.TO, named));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X Y", "X:Y", "X\r\nY", "Ünï"})
  void headerNamesAreTokens(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> invite().header(name, "v"));
    assertThatIllegalArgumentException().isThrownBy(() -> SipRequest.builder(name, BOB));
  }

  @Test
  void contentLengthIsNobodysToSet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> invite().header(HeaderName.CONTENT_LENGTH, "1"));
    assertThatIllegalArgumentException().isThrownBy(() -> invite().header("l", "1"));
  }

  @Test
  void matchingHeadersThatWouldNotParseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> invite().replace(HeaderName.CSEQ, "x").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> invite().header(HeaderName.CONTACT, "<sip:").build());
    assertThatIllegalStateException()
        .isThrownBy(() -> SipRequest.builder(Method.ACK, BOB).build().topVia());
  }

  @Test
  void answerCarriesWhatTheRequestIsKnownBy() {
    SipRequest request =
        invite().header(HeaderName.TIMESTAMP, "54").header(HeaderName.SUBJECT, "s").build();
    SipResponse trying = SipResponse.to(request, 100, "Trying").build();
    assertThat(trying.headers().first(HeaderName.TIMESTAMP)).isEqualTo("54");
    assertThat(trying.toTag()).isNull();
    SipResponse busy = SipResponse.to(request, 486, ReasonPhrases.of(486), "mine").build();
    assertThat(busy.toString()).startsWith("SIP/2.0 486 Busy Here\r\nVia: ");
    assertThat(busy.vias()).isEqualTo(request.vias());
    assertThat(busy.toTag()).isEqualTo("mine");
    assertThat(busy.cseq()).isEqualTo(request.cseq());
    assertThat(busy.headers().has(HeaderName.TIMESTAMP)).isFalse();
    SipRequest inDialog =
        request.edit().replace(HeaderName.TO, "<sip:bob@example.com>;tag=old").build();
    assertThat(SipResponse.to(inDialog, 200, "OK", "mine").build().toTag()).isEqualTo("old");
  }

  @Test
  void unknownCodesGetThePhraseOfTheirClass() {
    assertThat(ReasonPhrases.of(499)).isEqualTo("Bad Request");
    assertThat(ReasonPhrases.of(200)).isEqualTo("OK");
    assertThat(ReasonPhrases.of(799)).isEqualTo("Unknown");
  }
}
