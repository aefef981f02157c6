package org.drawbridge.sip.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/**
 * The end of a UDP listener that a reload removed: dialogs that it is part of go on, and nothing
 * begins there. It is over when no dialog was heard of for longer than two parties with session
 * timers keep silent. Thread-safe.
 */
final class UdpDrain {
  private static final long IDLE_MINUTES = 60;

  private final Runnable whenIdle;
  private final Future<?> timer;
  private volatile boolean used;

  UdpDrain(EventLoop loop, Runnable whenIdle) {
    this.whenIdle = whenIdle;
    this.timer = loop.scheduleAtFixedRate(this::look, IDLE_MINUTES, IDLE_MINUTES, TimeUnit.MINUTES);
  }

  /** Whether a message belongs to what there was before. */
  boolean takes(SipMessage message) {
    boolean taken =
        switch (message) {
          case SipResponse _ -> true;
          case SipRequest request ->
              request.toTag() != null
                  || request.method() == Method.CANCEL
                  || request.method() == Method.ACK;
        };
    used |= taken && message.toTag() != null;
    return taken;
  }

  /** Ends where nothing was heard since this was last asked. */
  void look() {
    if (!used) {
      cancel();
      whenIdle.run();
    }
    used = false;
  }

  void cancel() {
    timer.cancel(false);
  }
}
