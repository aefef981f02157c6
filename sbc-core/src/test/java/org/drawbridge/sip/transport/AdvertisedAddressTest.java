package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.drawbridge.routing.value.Cidr;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HostPort;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvertisedAddressTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.5, 192.0.2.7, 203.0.113.5:5060",
    "203.0.113.5, 2001:db8::7, [2001:db8:0:0:0:0:0:1]:5060",
    "[2001:db8::5], 2001:db8::7, [2001:db8::5]:5060",
    "[2001:db8::5], 192.0.2.7, [2001:db8:0:0:0:0:0:1]:5060",
    "sbc.example, 192.0.2.7, sbc.example:5060",
    "sbc.example, 2001:db8::7, sbc.example:5060",
  })
  void isShownToPeersOfItsFamily(String advertised, String peer, String shown) {
    ListenerSettings settings =
        new ListenerSettings(
            Transport.UDP,
            new InetSocketAddress(InetAddress.ofLiteral("::"), 5060),
            new HostPort(advertised, -1),
            null,
            null,
            WebSocketRules.ANY);
    InetSocketAddress local = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 5060);
    assertThat(settings.sentBy(InetAddress.ofLiteral(peer), local)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 203.0.113.5:5060",
    "10.0.0.9, 10.0.0.5:5060",
    "10.1.0.9, 203.0.113.5:5060",
  })
  void peersOfALocalNetworkAreShownOurOwn(String peer, String shown) {
    ListenerSettings settings =
        new ListenerSettings(
            Transport.UDP,
            new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 5060),
            new HostPort("203.0.113.5", -1),
            List.of(Objects.requireNonNull(Cidr.parse("10.0.0.0/16"))),
            null,
            null,
            WebSocketRules.ANY);
    InetSocketAddress local = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.5"), 5060);
    assertThat(settings.sentBy(InetAddress.ofLiteral(peer), local)).isEqualTo(shown);
  }
}
