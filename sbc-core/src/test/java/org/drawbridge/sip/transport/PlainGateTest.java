package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sip.flow.Transport;
import org.junit.jupiter.api.Test;

/** Who begins TLS where there is none is told of, once a minute, and else nothing changes. */
final class PlainGateTest {

  private static final byte[] CLIENT_HELLO = {22, 3, 1, 2, 0, 1};
  private static final byte[] REQUEST = {'G', 'E', 'T', ' ', '/'};

  /** A connection from an address of its own, since each has one line a minute. */
  private static EmbeddedChannel connection(String from) {
    return new EmbeddedChannel(new PlainGate(Transport.WS)) {
      @Override
      protected SocketAddress remoteAddress0() {
        return new InetSocketAddress(InetAddress.ofLiteral(from), 40_000);
      }

      @Override
      protected SocketAddress localAddress0() {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 8080);
      }
    };
  }

  private static void passes(EmbeddedChannel channel, byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    ByteBuf passed = channel.readInbound();
    assertThat(passed).isEqualTo(Unpooled.wrappedBuffer(bytes));
    assertThat(channel.pipeline().get(PlainGate.class)).isNull();
  }

  @Test
  void whoBeginsTlsIsToldOf() {
    try (LogLines log = LogLines.of("org.drawbridge.refused.PlainGate")) {
      passes(connection("198.51.100.201"), CLIENT_HELLO);
      passes(connection("198.51.100.201"), CLIENT_HELLO);
      assertThat(log.lines())
          .containsExactly(
              "INFO Not understood: 198.51.100.201:40000 begins TLS at ws port 8080, which has"
                  + " none: a wss listener has");
    }
  }

  @Test
  void allOfAnIpv6NetworkHaveOneLine() {
    try (LogLines log = LogLines.of("org.drawbridge.refused.PlainGate")) {
      passes(connection("2001:db8:201:1::1"), CLIENT_HELLO);
      passes(connection("2001:db8:201:2::2"), CLIENT_HELLO);
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void whoDoesNotIsNot() {
    try (LogLines log = LogLines.of("org.drawbridge.refused.PlainGate")) {
      passes(connection("198.51.100.202"), REQUEST);
      assertThat(log.lines()).isEmpty();
    }
  }
}
