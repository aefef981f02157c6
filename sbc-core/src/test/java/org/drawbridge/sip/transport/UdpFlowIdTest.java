package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.sip.flow.FlowId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpFlowIdTest {
  private static final InetSocketAddress V4 = address("192.0.2.7", 5062);
  private static final InetSocketAddress V6 = address("2001:db8::7", 5062);

  private static InetSocketAddress address(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }

  @Test
  void readsBackWhatItWrote() {
    InetSocketAddress any = address("0.0.0.0", 5060);
    assertThat(UdpFlowId.of(any, V4).value()).isEqualTo("udp/0.0.0.0:5060/192.0.2.7:5062");
    assertThat(UdpFlowId.parse(UdpFlowId.of(any, V4))).isEqualTo(new UdpFlowId(any, V4));
    InetSocketAddress any6 = address("::", 5060);
    assertThat(UdpFlowId.parse(UdpFlowId.of(any6, V6))).isEqualTo(new UdpFlowId(any6, V6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "udp/",
        "udp//",
        "4f1c5d",
        "udp/0.0.0.0:5060",
        "udp/0.0.0.0:5060/host.example:5060",
        "udp/0.0.0.0:5060/192.0.2.7:0",
        "udp/0.0.0.0:5060/192.0.2.7:70000",
        "udp/0.0.0.0:5060/192.0.2.7:-1",
        "udp/0.0.0.0:5060/192.0.2.7"
      })
  void otherIdsAreNone(String value) {
    assertThat(UdpFlowId.parse(new FlowId(value))).isNull();
  }
}
