package org.drawbridge.sip.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.OpaqueUri;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Via;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SIP torture test messages of RFC 4475, all of them, as datagrams. */
class Rfc4475Test {
  static Stream<MessageCorpus.Entry> messages() {
    return Stream.of("valid", "invalid", "semantics")
        .flatMap(file -> MessageCorpus.load("/rfc4475/" + file + ".txt").stream());
  }

  private static ParseResult parse(byte[] bytes) {
    return SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT);
  }

  private static String outcome(ParseResult result) {
    return switch (result) {
      case ParseResult.Parsed _ -> "parsed";
      case ParseResult.Malformed m when m.reply() == null -> "dropped " + m.status();
      case ParseResult.Malformed m -> "answered " + requireNonNull(m.reply()).status();
      case ParseResult.KeepAlive _ -> "keep-alive";
    };
  }

  private static SipMessage message(String name) {
    byte[] bytes = messages().filter(e -> e.name().equals(name)).findFirst().orElseThrow().bytes();
    return ((ParseResult.Parsed) parse(bytes)).message();
  }

  private static SipRequest request(String name) {
    return (SipRequest) message(name);
  }

  private static NameAddr contact(SipMessage message) {
    return requireNonNull(message.contact());
  }

  private static SipUri sipUri(NameAddr address) {
    return (SipUri) address.uri();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void hasItsOutcome(MessageCorpus.Entry entry) {
    ParseResult result = parse(entry.bytes());
    assertThat(outcome(result)).as(result::toString).isEqualTo(entry.outcome());
  }

  @Test
  void isComplete() {
    assertThat(messages().map(MessageCorpus.Entry::name)).hasSize(49).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void survivesAnEditByteForByte(MessageCorpus.Entry entry) {
    if (parse(entry.bytes()) instanceof ParseResult.Parsed(SipMessage message)) {
      SipMessage copy = message.edit().build();
      assertThat(copy.body()).isEqualTo(message.body());
      assertThat(copy.headers())
          .hasSize(
              message.headers().size()
                  + (message.headers().has(HeaderName.CONTENT_LENGTH) ? 0 : 1));
      SipMessage again = ((ParseResult.Parsed) parse(copy.wire())).message();
      assertThat(again.wire()).isEqualTo(copy.wire());
      assertThat(again.vias()).isEqualTo(message.vias());
      assertThat(again.contacts()).isEqualTo(message.contacts());
    }
  }

  @Test
  void wsinvIsReadThroughAllItsWhitespace() {
    SipRequest invite = request("wsinv");
    assertThat(invite.toTag()).isEqualTo("1918181833n");
    assertThat(invite.from().displayName()).isEqualTo("J Rosenberg \\\"");
    assertThat(invite.fromTag()).isEqualTo("98asjd8");
    assertThat(invite.maxForwards()).isEqualTo(68);
    assertThat(invite.cseq()).hasToString("9 INVITE");
    assertThat(invite.vias())
        .extracting(Via::branch)
        .containsExactly("390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239");
    assertThat(invite.vias())
        .extracting(Via::host)
        .containsExactly("192.0.2.2", "spindle.example.com", "192.168.255.111");
    assertThat(contact(invite).displayName()).isEqualTo("Quoted string \"\"");
    assertThat(contact(invite).param("q")).isEqualTo("0.33");
    assertThat(invite.headers().first("newfangledheader"))
        .isEqualTo("newfangled value continued newfangled value");
    assertThat(sipUri(invite.routes().getFirst()).isLooseRouter()).isTrue();
    assertThat(invite.bodyLength()).isEqualTo(150);
  }

  @Test
  void intmethKeepsUnusualCharacters() throws SipSyntaxException {
    SipRequest request = request("intmeth");
    assertThat(request.method()).isEqualTo(Method.EXTENSION);
    assertThat(request.methodToken()).isEqualTo("!interesting-Method0123456789_*+`.%indeed'~");
    assertThat(request.to().displayName()).isEqualTo("BEL:\u0007 NUL:\u0000 DEL:\u007f");
    assertThat(request.from().param("fromParam''~+*_!.-%")).isEqualTo("работающий");
    SipResponse answer = SipResponse.to(request, 200, "OK", "x").build();
    assertThat(answer.to().displayName()).isEqualTo(request.to().displayName());
    assertThat(NameAddr.parse(request.to().toString()).displayName())
        .isEqualTo(request.to().displayName());
  }

  @Test
  void escapesAreResolvedInUsersAndNowhereElse() {
    assertThat(sipUri(request("esc01").to()).user()).isEqualTo("user");
    assertThat(sipUri(request("esc01").from()).user()).isEqualTo("I have spaces");
    assertThat(request("esc02").contacts()).hasSize(2);
    assertThat(request("esc02").method()).isEqualTo(Method.EXTENSION);
    assertThat(sipUri(request("escnull").to()).user()).isEqualTo("null-\0-null");
    assertThat(((SipUri) request("semiuri").requestUri()).user())
        .isEqualTo("user;par=u@example.net");
  }

  @Test
  void secondRequestOfADatagramIsLeftAside() {
    assertThat(request("dblreq").method()).isEqualTo(Method.REGISTER);
    assertThat(request("dblreq").wire()).endsWith("Content-Length: 0\r\n\r\n".getBytes(UTF_8));
  }

  @Test
  void reasonPhrasesMayBeUtf8OrEmpty() {
    assertThat(((SipResponse) message("unreason")).reason()).startsWith("= 2**3 * 5**2 но");
    assertThat(((SipResponse) message("noreason")).reason()).isEmpty();
  }

  @Test
  void parametersWithoutBracketsBelongToTheHeader() {
    assertThat(contact(request("cparam01")).params().has("unknownparam")).isTrue();
    assertThat(sipUri(contact(request("cparam02"))).params().has("unknownparam")).isTrue();
    assertThat(sipUri(contact(request("regescrt"))).headers())
        .isEqualTo("Route=%3Csip:sip.example.com%3E");
  }

  @Test
  void unknownSchemesAreReadForTheCoreToRefuse() {
    assertThat(request("unkscm").requestUri()).isInstanceOf(OpaqueUri.class);
    assertThat(request("novelsc").requestUri().scheme()).isEqualTo("soap.beep");
    assertThat(request("unksm2").contacts())
        .extracting(c -> c.uri().scheme())
        .isEqualTo(List.of("name"));
    assertThat(request("badbranch").topVia().hasCookie()).isFalse();
    assertThat(request("zeromf").maxForwards()).isZero();
  }
}
