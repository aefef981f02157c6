package org.drawbridge.sip.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Via;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The IPv6 torture test messages of RFC 5118, all of them, as datagrams. */
class Rfc5118Test {
  static Stream<MessageCorpus.Entry> messages() {
    return MessageCorpus.load("/rfc5118/messages.txt").stream();
  }

  private static ParseResult parse(MessageCorpus.Entry entry) {
    return SipParser.parse(entry.bytes(), 0, entry.bytes().length, ParseLimits.DEFAULT);
  }

  private static SipRequest request(String name) {
    MessageCorpus.Entry entry =
        messages().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
    return (SipRequest) ((ParseResult.Parsed) parse(entry)).message();
  }

  private static SipUri uri(String name) {
    return (SipUri) request(name).requestUri();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void hasItsOutcome(MessageCorpus.Entry entry) {
    String outcome =
        switch (parse(entry)) {
          case ParseResult.Parsed _ -> "parsed";
          case ParseResult.Malformed m -> "answered " + requireNonNull(m.reply()).status();
          case ParseResult.KeepAlive _ -> "keep-alive";
        };
    assertThat(outcome).isEqualTo(entry.outcome());
  }

  @Test
  void portsStandBehindBrackets() {
    assertThat(uri("port-ambiguous").host()).isEqualTo("[2001:db8::10:5070]");
    assertThat(uri("port-ambiguous").port()).isEqualTo(-1);
    assertThat(uri("port-unambiguous").bareHost()).isEqualTo("2001:db8::10");
    assertThat(uri("port-unambiguous").port()).isEqualTo(5070);
  }

  @Test
  void receivedMayHaveBrackets() {
    assertThat(request("via-received-param-with-delim").topVia().received())
        .isEqualTo("[2001:db8::9:255]");
    assertThat(request("via-received-param-no-delim").topVia().received())
        .isEqualTo("2001:db8::9:255");
  }

  @Test
  void addressesOfBothKindsMix() {
    List<Via> vias = request("mult-ip-in-header").vias();
    assertThat(vias)
        .extracting(Via::host)
        .containsExactly("[2001:db8::9:1]", "192.0.2.1", "[2001:db8::9:255]");
    assertThat(vias.getFirst().port()).isEqualTo(6050);
    assertThat(request("ipv4-mapped-ipv6").topVia().host()).isEqualTo("[::ffff:192.0.2.10]");
  }
}
