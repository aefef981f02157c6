package org.drawbridge.routing.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SipTargetParserTest {

  @ParameterizedTest
  @CsvSource({
    "sip:sbc.example.com,                    sbc.example.com, UDP, 5060",
    "sip:sbc.example.com:5080,               sbc.example.com, UDP, 5080",
    "sip:SBC.Example.com;transport=tcp,      sbc.example.com, TCP, 5060",
    "SIP:sbc.example.com;transport=TLS,      sbc.example.com, TLS, 5061",
    "sips:sbc.example.com,                   sbc.example.com, TLS, 5061",
    "sip:192.0.2.1:5070;transport=udp,       192.0.2.1,       UDP, 5070",
    "sip:[2001:db8::1]:5070;transport=tcp,   2001:db8::1,     TCP, 5070",
    "sip:web.example.com;transport=wss,      web.example.com, WSS, 443",
  })
  void readsHostPortAndTransport(String uri, String host, Transport transport, int port) {
    SipTarget target = Objects.requireNonNull(SipTargetParser.parse(uri));

    assertThat(target.host()).isEqualTo(host);
    assertThat(target.transportOrDefault()).isEqualTo(transport);
    assertThat(target.portOrDefault()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:sbc.example.com",
        "sip:sbc.example.com:5080;transport=tcp",
        "sips:[2001:db8::1]:5061",
      })
  void writesWhatItRead(String uri) {
    assertThat(SipTargetParser.parse(uri)).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sbc.example.com",
        "sip:",
        "sip:me@sbc.example.com",
        "sip:sbc.example.com:0",
        "sip:sbc.example.com:65536",
        "sip:sbc.example.com;transport=sctp",
        "sip:[zz::1]",
        "sip:2001:db8::1",
        "sips:sbc.example.com;transport=udp",
        "sip:a b",
        "tel:+4420",
        "sip:h;lr"
      })
  void refusesOtherUris(String uri) {
    assertThat(SipTargetParser.parse(uri)).isNull();
  }
}
