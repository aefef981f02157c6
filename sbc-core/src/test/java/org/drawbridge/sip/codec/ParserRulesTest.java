package org.drawbridge.sip.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sip.codec.ParseResult.Malformed;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which answer, and what the limits are. */
class ParserRulesTest {
  private static final String OPTIONS =
      "OPTIONS sip:bob@example.com SIP/2.0\r\n"
          + "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n"
          + "Max-Forwards: 70\r\n"
          + "From: <sip:alice@example.com>;tag=1\r\n"
          + "To: <sip:bob@example.com>\r\n"
          + "Call-ID: abc@host\r\n"
          + "CSeq: 7 OPTIONS\r\n"
          + "Content-Length: 4\r\n"
          + "\r\nbody";

  private static ParseResult parse(String text, ParseLimits limits) {
    byte[] bytes = ("##" + text + "##").getBytes(UTF_8);
    return SipParser.parse(bytes, 2, bytes.length - 4, limits);
  }

  private static Malformed refused(String text) {
    return (Malformed) parse(text, ParseLimits.DEFAULT);
  }

  private static SipMessage accepted(String text) {
    return ((ParseResult.Parsed) parse(text, ParseLimits.DEFAULT)).message();
  }

  @Test
  void readsOnlyItsPartOfTheBuffer() {
    assertThat(accepted(OPTIONS)).hasToString(OPTIONS);
    assertThat(accepted("\r\n\r\n" + OPTIONS)).hasToString(OPTIONS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n", "\r\n\r\n", "\n"})
  void lineBreaksAloneKeepAlive(String text) {
    assertThat(parse(text, ParseLimits.DEFAULT)).isInstanceOf(ParseResult.KeepAlive.class);
  }

  @Test
  void bodyIsWhatContentLengthSaysOrTheRest() {
    assertThat(accepted(OPTIONS.replace("Length: 4", "Length: 2")).bodyText()).isEqualTo("bo");
    assertThat(accepted(OPTIONS.replace("Length: 4", "Length: 0")).bodyLength()).isZero();
    assertThat(accepted(OPTIONS.replace("Content-Length: 4\r\n", "")).bodyText()).isEqualTo("body");
    assertThat(refused(OPTIONS.replace("Length: 4", "Length: 5")).reason())
        .contains("larger than the message");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Max-Forwards: 70 | Max-Forwards: 256 | 400 | Bad Max-Forwards: not 0 to 255",
        "Max-Forwards: 70 | Max-Forwards: 7~Max-Forwards: 6 | 400 | More than one Max-Forwards",
        "Content-Length: 4 | Content-Length: 4~l: 4 | 400 | More than one Content-Length",
        "CSeq: 7 OPTIONS | CSeq: 7 INVITE | 400 | CSeq method does not match the request",
        "Max-Forwards: 70 | Contact: *~m: <sip:a@b> | 400 | Contact '*' beside others",
        "Max-Forwards: 70 | Route: <sip:a;lr>,,<sip:b;lr> | 400 | Bad Route: empty list member",
        "Max-Forwards: 70 | Expires: soon | 400 | Bad Expires: not a number of seconds",
        "Max-Forwards: 70 | No colon here | 400 | Not a header field",
        "Max-Forwards: 70 | X: a~  ~Y: b | 400 | Blank line inside the headers",
        "OPTIONS sip:bob@example.com SIP/2.0 | OPTIONS sip:bob@example.com SIP/3.0 | 505 | Version Not Supported",
        "OPTIONS sip:bob@example.com SIP/2.0 | OPTIONS sip:bob@ SIP/2.0 | 400 | Bad Request-URI: Missing host"
      })
  void requestsThatCanBeAnsweredAre(String from, String to, int status, String reason) {
    String text = OPTIONS.replace(from, to.replace("~", "\r\n"));
    Malformed malformed = refused(text);
    assertThat(malformed.reason()).isEqualTo(reason);
    SipResponse reply = requireNonNull(malformed.reply(), malformed::toString);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.reason()).isEqualTo(reason);
    assertThat(reply.topVia().branch()).isEqualTo("z9hG4bKa");
    assertThat(reply.callId()).isEqualTo("abc@host");
    assertThat(reply.toTag()).isNotNull().isEqualTo(requireNonNull(refused(text).reply()).toTag());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nl: 0", "a\rl: 0", "\0", "\"\0\""})
  void strayBreaksAreRefusedAndAnswered(String value) {
    Malformed malformed = refused(OPTIONS.replace("70", "70\r\nX: " + value));
    assertThat(malformed.reason()).isEqualTo("Stray CR, LF or NUL");
    assertThat(requireNonNull(malformed.reply()).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {";tag", ";Tag ", ";tag;x=1", ";x=1;TAG", "; tag"})
  void aTagHasAValue(String bare) {
    String to = OPTIONS.replaceFirst("(?m)^To: .*$", "To: <sip:bob@example.com>" + bare);
    Malformed malformed = refused(to);
    assertThat(malformed.reason()).isEqualTo("Bad To: tag without a value");
    assertThat(requireNonNull(malformed.reply()).toTag()).isNull();
    String from = OPTIONS.replaceFirst("(?m)^From: .*$", "From: <sip:a@example.com>" + bare);
    assertThat(refused(from).reason()).isEqualTo("Bad From: tag without a value");
    String other = OPTIONS.replaceFirst("(?m)^To: .*$", "To: <sip:b@example.com>;tagged");
    assertThat(parse(other, ParseLimits.DEFAULT)).isInstanceOf(ParseResult.Parsed.class);
  }

  @Test
  void aLineMayNotHaveAnyNumberOfValues() {
    String routes = "Route: <sip:a;lr>" + ", <sip:a;lr>".repeat(127) + "\r\n";
    String many = OPTIONS.replace("Max-Forwards", routes + "Max-Forwards");
    assertThat(parse(many, ParseLimits.DEFAULT)).isInstanceOf(ParseResult.Parsed.class);
    String more = many.replaceFirst("<sip:a;lr>", "<sip:a;lr>, <sip:b;lr>");
    assertThat(refused(more).reason()).isEqualTo("Bad Route: too many values");
  }

  @Test
  void acksResponsesAndUnaddressableRequestsAreNotAnswered() {
    assertThat(refused(OPTIONS.replace("OPTIONS", "ACK").replace("Length: 4", "Length: x")).reply())
        .isNull();
    assertThat(
            refused(OPTIONS.replace("OPTIONS sip:bob@example.com SIP/2.0", "SIP/2.0 99 x")).reply())
        .isNull();
    assertThat(refused(OPTIONS.replace("Via:", "Viaa:")).reply()).isNull();
    assertThat(refused(OPTIONS.replace("CSeq:", "CSequ:")).reply()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"To: <sip:bob@example.com>\r\n", "Call-ID: abc@host\r\n"})
  void anAnswerRepeatsWhatIsThere(String line) {
    assertThat(OPTIONS).contains(line);
    SipResponse without = requireNonNull(refused(OPTIONS.replace(line, "")).reply());
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.toString()).contains("Via: ").contains("CSeq: ");
    String spoilt = line.replace(": ", ": \"").replace("\r\n", " x\r\n");
    SipResponse repeated = requireNonNull(refused(OPTIONS.replace(line, spoilt)).reply());
    assertThat(repeated.toString()).contains(spoilt);
  }

  @Test
  void sizesAreLimited() {
    ParseLimits limits = new ParseLimits(1_000, 100, 9, 10, 60);
    assertThat(parse(OPTIONS, limits)).isInstanceOf(ParseResult.Parsed.class);
    assertStatus(parse(OPTIONS + "x".repeat(1_000), limits), 513);
    assertStatus(parse(OPTIONS.replace("Length: 4", "Length: 11") + "x".repeat(9), limits), 513);
    assertStatus(parse(OPTIONS.replace("sip:bob@", "sip:" + "b".repeat(60) + "@"), limits), 414);
    assertStatus(parse(OPTIONS.replace("70", "70\r\nX: " + "x".repeat(100)), limits), 400);
    assertStatus(
        parse(
            OPTIONS.replace("70", "70\r\nX: " + "x".repeat(60) + "\r\n " + "y".repeat(60)), limits),
        400);
    assertStatus(parse(OPTIONS.replace("70", "70\r\nX: 1\r\nX: 2\r\nX: 3"), limits), 400);
  }

  private static void assertStatus(ParseResult result, int status) {
    assertThat(result)
        .isInstanceOfSatisfying(Malformed.class, m -> assertThat(m.status()).isEqualTo(status));
  }

  @Test
  void hugeExpiresCountsAsTheLargest() {
    assertThat(
            accepted(OPTIONS.replace("Max-Forwards: 70", "Expires: " + "9".repeat(40))).expires())
        .isEqualTo(0xffff_ffffL);
    assertThat(accepted(OPTIONS).expires()).isEqualTo(-1);
  }
}
