package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.web.HttpAnswers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Browsers that read slowly, or not at all. */
class HttpHandlerTest {
  private static final int PAGE = 40_000;
  private static final int PATIENCE = (int) TestServer.LIMITS.times().message().toSeconds();
  private static final String GET = "GET /phone.js HTTP/1.1\r\nHost: x\r\n\r\n";

  private final TransportCounters counters = new TransportCounters();
  private final SlowChannel channel = new SlowChannel();

  /** Its peer takes only so many bytes. */
  private static final class SlowChannel extends EmbeddedChannel {
    private int taken;
    private int window;

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
      while (window > 0 && out.current() instanceof ByteBuf next) {
        int count = Math.min(window, next.readableBytes());
        window -= count;
        taken += count;
        out.removeBytes(count);
      }
    }

    /** The peer reads. */
    void takes(int bytes) {
      window = bytes;
      flush();
      runPendingTasks();
    }
  }

  @BeforeEach
  void open() {
    channel.freezeTime();
    Edge edge = TestServer.edge(new RecordingSink(), counters);
    ListenerSettings settings = ListenerSettings.plain(Transport.WS, TestServer.anyPort());
    channel
        .pipeline()
        .addLast(new HttpRequestDecoder())
        .addLast(new HttpResponseEncoder())
        .addLast(new HttpObjectAggregator(100))
        .addLast(
            new HttpHandler(
                edge,
                settings,
                request -> HttpAnswers.of(HttpResponseStatus.OK, "text/plain", new byte[PAGE])));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void ask(String requests) {
    channel.writeInbound(Unpooled.copiedBuffer(requests, StandardCharsets.US_ASCII));
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void aPageThatIsReadSlowlyIsReadToItsEnd() {
    ask(GET);
    for (int i = 0; i < 5; i++) {
      channel.takes(PAGE / 5);
      pass(PATIENCE - 1);
      assertThat(channel.isOpen()).isTrue();
    }
    channel.takes(PAGE);
    assertThat(channel.taken).isGreaterThan(PAGE);
    pass(PATIENCE - 1);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(counters.get(Transport.WS, Kind.TIMED_OUT)).isEqualTo(1);
  }

  @Test
  void whoDoesNotReadOnIsGivenUp() {
    ask(GET);
    channel.takes(PAGE / 2);
    pass(PATIENCE);
    pass(PATIENCE);
    assertThat(channel.isOpen()).isFalse();
    assertThat(counters.get(Transport.WS, Kind.TIMED_OUT)).isEqualTo(1);
  }

  @Test
  void whoAsksWithoutReadingIsHeardNoMoreUntilItReads() {
    ask(GET.repeat(3));
    assertThat(channel.config().isAutoRead()).isFalse();
    channel.takes(4 * PAGE);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void theNextRequestHasItsTimeFromTheEndOfThePageBefore() {
    ask(GET);
    pass(PATIENCE - 1);
    channel.takes(2 * PAGE);
    pass(PATIENCE - 1);
    ask(GET);
    channel.takes(2 * PAGE);
    pass(PATIENCE - 1);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void whoLeavesAmidARequestIsNoFaultOfOurs() {
    try (LogLines log = LogLines.of(HttpHandler.class)) {
      ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nbegun");
      channel.close();
      assertThat(log.lines()).isEmpty();
    }
  }
}
