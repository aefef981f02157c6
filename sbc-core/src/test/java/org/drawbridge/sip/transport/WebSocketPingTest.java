package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pings every 25 s, three of which may be missed, in virtual time. */
class WebSocketPingTest {
  private final RecordingSink sink = new RecordingSink();
  private final TransportCounters counters = new TransportCounters();
  private final EmbeddedChannel channel = new AddressedChannel();

  private static final class AddressedChannel extends EmbeddedChannel {
    @Override
    protected SocketAddress localAddress0() {
      return new InetSocketAddress(TestServer.LOOPBACK, 8080);
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress(TestServer.LOOPBACK, 40_000);
    }
  }

  @BeforeEach
  void open() {
    channel.freezeTime();
    Edge edge = TestServer.edge(sink, counters);
    StreamFlow flow = new StreamFlow(edge, Transport.WS, channel, "sbc.example:80");
    channel
        .pipeline()
        .addLast(
            new FragmentDeadline(flow),
            new WebSocketFrameAggregator(65_536),
            new WebSocketHandler(flow));
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private int pingsSent() {
    int pings = 0;
    for (WebSocketFrame frame = channel.readOutbound();
        frame != null;
        frame = channel.readOutbound()) {
      assertThat(frame).isInstanceOf(PingWebSocketFrame.class);
      frame.release();
      pings++;
    }
    return pings;
  }

  @Test
  void pingsEvery25Seconds() {
    pass(24);
    assertThat(pingsSent()).isZero();
    pass(1);
    assertThat(pingsSent()).isEqualTo(1);
    pass(25);
    assertThat(pingsSent()).isEqualTo(1);
  }

  @Test
  void peerSilentForThreePingsIsLost() {
    for (int i = 0; i < 3; i++) {
      pass(25);
    }
    pass(24);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
    RecordingSink.Closed closed = sink.closed();
    assertThat(closed.cause()).isEqualTo(CloseCause.LOST);
    assertThat(closed.reason()).isEqualTo("3 pings unanswered");
    assertThat(counters.get(Transport.WS, Kind.PINGS_UNANSWERED)).isEqualTo(1);
    channel.releaseOutbound();
  }

  @Test
  void anythingReadKeepsThePeer() {
    for (int i = 0; i < 20; i++) {
      pass(75);
      channel.writeInbound(i % 2 == 0 ? new PongWebSocketFrame() : new TextWebSocketFrame("\r\n"));
    }
    assertThat(channel.isOpen()).isTrue();
    assertThat(pingsSent()).isEqualTo(60);
  }

  /** What has come of a message is kept, so nobody may begin one and then answer pings for ever. */
  @Test
  void aMessageThatBeginsInFragmentsHasToEndInTime() {
    channel.writeInbound(new TextWebSocketFrame(false, 0, "OPTIONS sip:"));
    pass(19);
    channel.writeInbound(new PongWebSocketFrame());
    channel.writeInbound(new ContinuationWebSocketFrame(false, 0, "a@b"));
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(sink.closed().reason()).isEqualTo("no whole message within 20 s");
    assertThat(counters.get(Transport.WS, Kind.TIMED_OUT)).isEqualTo(1);
  }

  @Test
  void aMessageThatEndsInTimeLeavesTheConnectionItsTime() {
    channel.writeInbound(new TextWebSocketFrame(false, 0, "\r\n"));
    pass(19);
    channel.writeInbound(new ContinuationWebSocketFrame(true, 0, "\r\n"));
    pass(30);
    assertThat(channel.isOpen()).isTrue();
    channel.releaseOutbound();
  }

  @Test
  void closedConnectionPingsNoMore() {
    channel.close();
    pass(1_000);
    assertThat(pingsSent()).isZero();
    assertThat(sink.closed().cause()).isEqualTo(CloseCause.PEER_CLOSED);
  }

  @Test
  void whoLeavesAmidAMessageIsNoFaultOfOurs() {
    try (LogLines log = LogLines.of(Faults.class)) {
      channel.writeInbound(new TextWebSocketFrame(false, 0, "begun"));
      channel.close();
      assertThat(log.lines()).isEmpty();
    }
    assertThat(sink.closed().cause()).isEqualTo(CloseCause.LOST);
  }
}
