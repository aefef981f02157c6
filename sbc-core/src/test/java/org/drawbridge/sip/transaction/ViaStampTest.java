package org.drawbridge.sip.transaction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a Via that a request comes with. */
class ViaStampTest {

  private static final RecordingFlow UDP = new RecordingFlow(Transport.UDP, 1);
  private static final String HEAD = "Via: SIP/2.0/UDP 10.0.0.9:5070;branch=z9hG4bK1";

  static Stream<Arguments> vias() {
    return Stream.of(
        // Plain ones, whose bytes are spliced.
        Arguments.of(HEAD, HEAD + ";rport=5060;received=192.0.2.1"),
        Arguments.of(HEAD + ";rport", HEAD + ";rport=5060;received=192.0.2.1"),
        Arguments.of(
            "Via: SIP/2.0/UDP a;rport;branch=z9hG4bK1",
            "Via: SIP/2.0/UDP a;rport=5060;branch=z9hG4bK1;received=192.0.2.1"),
        Arguments.of(
            "v: SIP/2.0/UDP a;RPORT;x=received, SIP/2.0/TCP b;rport",
            "v: SIP/2.0/UDP a;RPORT=5060;x=received;received=192.0.2.1, SIP/2.0/TCP b;rport"),
        // Those that claim something, or are written so that they have to be parsed.
        Arguments.of(HEAD + ";received=1.2.3.4;rport", HEAD + ";rport=5060;received=192.0.2.1"),
        Arguments.of(HEAD + ";rport=9", HEAD + ";rport=5060;received=192.0.2.1"),
        Arguments.of(HEAD + ";keep", HEAD + ";keep=29;rport=5060;received=192.0.2.1"),
        Arguments.of(
            "Via: SIP / 2.0 / UDP 10.0.0.9:5070 ;branch=z9hG4bK1",
            HEAD + ";rport=5060;received=192.0.2.1"));
  }

  @ParameterizedTest
  @MethodSource("vias")
  void saysWhereItCameFrom(String via, String stamped) {
    SipRequest got = ViaStamp.received(request(via), UDP);
    String text = new String(got.wire(), StandardCharsets.UTF_8);
    String line =
        text.lines().filter(each -> each.matches("(?i)v(ia)?: .*")).findFirst().orElse("");
    assertThat(withoutKeepSeconds(line)).isEqualTo(withoutKeepSeconds(stamped));
    assertThat(got.topVia().received()).isEqualTo("192.0.2.1");
    assertThat(got.topVia().rport()).isEqualTo(5060);
  }

  /** RFC 5118 section 4.5: the parameter has no brackets, the host always. */
  static Stream<Arguments> viasOfIpv6() {
    String head = "Via: SIP/2.0/UDP [2001:db8::9]:5070;branch=z9hG4bK1";
    String said = ";received=2001:db8:0:0:0:0:0:9";
    return Stream.of(
        Arguments.of(Transport.UDP, head, head + ";rport=5060" + said),
        Arguments.of(Transport.UDP, head + ";rport", head + ";rport=5060" + said),
        Arguments.of(Transport.TCP, head + ";rport", head + ";rport=5060" + said),
        Arguments.of(Transport.TCP, head, head + said),
        Arguments.of(
            Transport.UDP, head + ";received=[2001:db8::1];rport", head + ";rport=5060" + said),
        Arguments.of(Transport.UDP, head + ";received=2001:db8::1", head + ";rport=5060" + said),
        Arguments.of(
            Transport.UDP,
            "Via: SIP/2.0/UDP [2001:db8::9];branch=z9hG4bK1;rport",
            "Via: SIP/2.0/UDP [2001:db8::9];branch=z9hG4bK1;rport=5060" + said));
  }

  @ParameterizedTest
  @MethodSource("viasOfIpv6")
  void saysWhichIpv6AddressItCameFrom(Transport transport, String via, String stamped) {
    SipRequest got = ViaStamp.received(request(via), from(transport, "2001:db8::9"));
    assertThat(line(got).replace("/TCP", "/UDP")).isEqualTo(stamped);
    assertThat(got.topVia().host()).isEqualTo("[2001:db8::9]");
    assertThat(InetAddress.ofLiteral(requireNonNull(got.topVia().received())))
        .isEqualTo(InetAddress.ofLiteral("2001:db8::9"));
  }

  /** What a scope means is known to nobody else, and IPv4 in IPv6 is IPv4. */
  @ParameterizedTest
  @CsvSource({"fe80::1%1, fe80:0:0:0:0:0:0:1", "::ffff:192.0.2.7, 192.0.2.7"})
  void namesTheAddressAndNoMore(String source, String received) {
    SipRequest got = ViaStamp.received(request(HEAD), from(Transport.UDP, source));
    assertThat(got.topVia().received()).isEqualTo(received);
  }

  private static RecordingFlow from(Transport transport, String address) {
    InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral(address), 5060);
    return new RecordingFlow(transport, 6, remote);
  }

  private static String line(SipRequest request) {
    String text = new String(request.wire(), StandardCharsets.UTF_8);
    return text.lines().filter(each -> each.startsWith("Via: ")).findFirst().orElse("");
  }

  @Test
  void leavesAllElseAsItWas() {
    SipRequest request = request(HEAD);
    SipRequest got = ViaStamp.received(request, UDP);
    assertThat(got.bodyText()).isEqualTo("body");
    assertThat(got.callId()).isEqualTo("c");
    assertThat(got.to()).isEqualTo(request.to());
    assertThat(got.vias()).hasSize(2);
    assertThat(got.vias().get(1)).isEqualTo(request.vias().get(1));
    assertThat(got.headers().first(HeaderName.USER_AGENT)).isEqualTo("test");
    assertThat(got.headers().first(HeaderName.CONTENT_LENGTH)).isEqualTo("4");
    assertThat(request(HEAD).wire()).isEqualTo(request.wire());
  }

  private static String withoutKeepSeconds(String line) {
    return line.replaceAll("keep=[0-9]+", "keep");
  }

  private static SipRequest request(String via) {
    String text =
        "OPTIONS sip:b SIP/2.0\r\n"
            + via
            + "\r\nUser-Agent: test\r\nVia: SIP/2.0/TCP c;branch=z9hG4bK2\r\nFrom: <sip:a@x>;tag=1\r\n"
            + "To: <sip:b@x>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 4\r\n\r\nbody";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT)
        instanceof ParseResult.Parsed(SipRequest request)) {
      return request;
    }
    throw new AssertionError("not a request: " + text);
  }
}
