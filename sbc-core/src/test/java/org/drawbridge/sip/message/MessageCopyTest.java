package org.drawbridge.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.junit.jupiter.api.Test;

/** Messages that are passed on. */
final class MessageCopyTest {

  private static final String REST =
      """
      f: <sip:alice@example.com>;tag=1\r
      To:   <sip:bob@example.com>\r
      X-Folded: one\r
       two\r
      Call-ID: abc\r
      CSeq: 1 INVITE\r
      """;

  private static final String INVITE =
      "INVITE sip:bob@example.com SIP/2.0\r\n"
          + "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n"
          + "Route: <sip:a;lr>, <sip:b;lr>\r\n"
          + "Max-Forwards: 70\r\n"
          + REST
          + "Route: <sip:c;lr>\r\n"
          + "Content-Length: 5\r\n"
          + "\r\n"
          + "hallo";

  private static SipMessage parse(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return switch (SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT)) {
      case ParseResult.Parsed(SipMessage message) -> message;
      case ParseResult.Malformed bad -> throw new AssertionError(bad.toString());
      case ParseResult.KeepAlive _ -> throw new AssertionError("nothing");
    };
  }

  private static MessageCopy copy() {
    return MessageCopy.of(parse(INVITE));
  }

  private static String text(MessageCopy copy) {
    return new String(copy.toBytes(), UTF_8);
  }

  @Test
  void whatIsNotTouchedIsTheSame() {
    assertThat(text(copy())).isEqualTo(INVITE);
  }

  @Test
  void onlyTheNamedLinesChange() {
    String out =
        text(
            copy()
                .requestUri("sip:bob@192.0.2.9")
                .addFirst(HeaderName.VIA, "SIP/2.0/UDP us;branch=z9hG4bKb")
                .addFirst(HeaderName.RECORD_ROUTE, "<sip:us;lr>")
                .replace(HeaderName.MAX_FORWARDS, "69")
                .removeFirst(HeaderName.ROUTE, 1)
                .add("X-New", "1"));
    assertThat(out)
        .isEqualTo(
            "INVITE sip:bob@192.0.2.9 SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP us;branch=z9hG4bKb\r\n"
                + "Record-Route: <sip:us;lr>\r\n"
                + "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n"
                + "Route: <sip:b;lr>\r\n"
                + "Max-Forwards: 69\r\n"
                + REST
                + "Route: <sip:c;lr>\r\n"
                + "Content-Length: 5\r\n"
                + "X-New: 1\r\n"
                + "\r\n"
                + "hallo");
  }

  @Test
  void valuesAreTakenOverLineEnds() {
    assertThat(text(copy().removeFirst(HeaderName.ROUTE, 3))).doesNotContain("Route");
    assertThat(text(copy().removeFirst(HeaderName.ROUTE, 2)))
        .contains("Route: <sip:c;lr>")
        .doesNotContain("sip:a;")
        .doesNotContain("sip:b;");
    assertThat(text(copy().remove(HeaderName.ROUTE))).doesNotContain("Route");
  }

  @Test
  void aResponseLosesItsTopViaEvenWhereAnotherSharesTheLine() {
    String head = "SIP/2.0 200 OK\r\n";
    SipMessage one =
        parse(
            head
                + "v: SIP/2.0/UDP us;branch=1, SIP/2.0/UDP them;branch=\"2,3\"\r\n"
                + REST
                + "l: 0\r\n\r\n");
    assertThat(new String(MessageCopy.withoutTopVia((SipResponse) one), UTF_8))
        .isEqualTo(head + "Via: SIP/2.0/UDP them;branch=\"2,3\"\r\n" + REST + "l: 0\r\n\r\n");
  }

  @Test
  void aBodyWithoutLengthGetsOne() {
    String out = text(MessageCopy.of(parse(INVITE.replace("Content-Length: 5\r\n", ""))));
    assertThat(out).endsWith("Content-Length: 5\r\n\r\nhallo");
  }

  @Test
  void anotherBodyHasItsOwnLength() {
    String out = text(copy().body("hello world".getBytes(UTF_8)));
    assertThat(out).contains("Content-Length: 11\r\n").endsWith("\r\n\r\nhello world");
    assertThat(parse(out).bodyText()).isEqualTo("hello world");
  }

  @Test
  void aLineCanBeRemovedByWhatItHolds() {
    MessageCopy copy = copy().removeWith(HeaderName.ROUTE, "sip:c");
    assertThat(text(copy)).contains("sip:a;").doesNotContain("sip:c;");
  }

  @Test
  void nothingCanStartALineOfItsOwn() {
    assertThatIllegalArgumentException().isThrownBy(() -> copy().add("X-A", "1\r\nX-Evil: 2"));
    assertThatIllegalArgumentException().isThrownBy(() -> copy().addFirst(HeaderName.VIA, "a\nb"));
    assertThatIllegalArgumentException().isThrownBy(() -> copy().requestUri("sip:a SIP/2.0\r\n"));
  }
}
