package org.drawbridge.sip.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Pings a connection that we opened (RFC 5626 section 4.4.1), so that NATs keep it, and ends it
 * when a peer that has answered pings does so no more. A peer that has never answered one need not
 * know of pings; TCP's own probes then tell whether it lives. One object a connection, on its event
 * loop.
 */
final class StreamPing {
  private static final byte[] PING = {'\r', '\n', '\r', '\n'};

  /** Between 80 and 100 percent of the interval, so that connections do not ping in step. */
  private static final double LEAST_SHARE = 0.8;

  private final StreamFlow flow;
  private final Duration interval;
  private final Duration patience;
  private final Deadline pong = new Deadline();
  private @Nullable Future<?> next;
  private boolean answersPings;

  StreamPing(StreamFlow flow) {
    TransportLimits.Times times = flow.edge().limits().times();
    this.flow = flow;
    this.interval = times.streamPing();
    this.patience = times.pong();
  }

  void start(ChannelHandlerContext context) {
    double share = ThreadLocalRandom.current().nextDouble(LEAST_SHARE, 1);
    long millis = Math.round(interval.toMillis() * share);
    next = context.executor().schedule(() -> ping(context), millis, TimeUnit.MILLISECONDS);
  }

  private void ping(ChannelHandlerContext context) {
    flow.write(Unpooled.wrappedBuffer(PING));
    if (answersPings) {
      pong.arm(context, patience, this::missed);
    }
    start(context);
  }

  private void missed() {
    flow.count(Kind.PINGS_UNANSWERED);
    flow.lose("no answer to a ping within " + patience.toSeconds() + " s");
  }

  /** Anything that comes shows that the peer is there. */
  void heard() {
    pong.clear();
  }

  /** A CRLF came by itself. */
  void ponged() {
    answersPings = true;
  }

  void stop() {
    pong.clear();
    if (next != null) {
      next.cancel(false);
    }
  }
}
