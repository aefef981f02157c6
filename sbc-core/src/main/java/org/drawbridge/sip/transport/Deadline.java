package org.drawbridge.sip.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** By when a peer must have done something. Belongs to the event loop of its channel. */
final class Deadline {
  private @Nullable Future<?> pending;

  /** Starts the time, unless it runs already. */
  void arm(ChannelHandlerContext context, Duration time, Runnable onMissed) {
    if (pending == null) {
      pending = context.executor().schedule(onMissed, time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The peer has done it, or is gone. */
  void clear() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }
}
