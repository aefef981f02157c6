package org.drawbridge.media.net;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.plane.PathReport;
import org.drawbridge.media.plane.Playback;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.StreamIds;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.relay.RelayEnd;

/** What all kinds of transport do alike: post commands to their media loop. Thread-safe. */
abstract sealed class LoopTransport implements RelayTransport
    permits RtpTransport, WebRtcTransport, LinkTransport, BundledTransport {

  private final MediaLoop loop;
  private final RelayEnd end;
  private final GuardedListener listener;
  private final LongConsumer timer;
  private final AtomicBoolean closed = new AtomicBoolean();

  LoopTransport(MediaLoop loop, RelayEnd end, GuardedListener listener) {
    this.loop = loop;
    this.end = end;
    this.listener = listener;
    timer = end::onTick;
  }

  MediaLoop loop() {
    return loop;
  }

  RelayEnd end() {
    return end;
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Runs on the loop, in the order of the calls. */
  final void start() {
    loop.execute(
        () -> {
          loop.addTimer(timer);
          onStart();
        });
  }

  @Override
  public void apply(RemoteMedia remote) {
    loop.execute(
        () -> {
          if (!isClosed()) {
            end.apply(remote, MediaLoop.now());
          }
        });
  }

  /** Plays to the peer. */
  final void play(Playback playback, int ssrc) {
    loop.execute(
        () -> {
          if (!isClosed()) {
            end.play(playback, ssrc);
          }
        });
  }

  @Override
  public void sendKey(int event, int millis) {
    loop.execute(
        () -> {
          if (!isClosed()) {
            end.sendKey(event, millis, MediaLoop.now());
          }
        });
  }

  @Override
  public void askForPicture() {
    loop.execute(
        () -> {
          if (!isClosed()) {
            end.askForPicture();
          }
        });
  }

  @Override
  public PathReport path() {
    return end.path();
  }

  @Override
  public void shape(StreamShape shape) {
    loop.execute(
        () -> {
          if (!isClosed()) {
            end.shape(shape);
          }
        });
  }

  @Override
  public StreamIds ids() {
    return end.ids();
  }

  @Override
  public RelayTransport bundled(RelayListener ignored) {
    throw new UnsupportedOperationException("only WebRTC media share a transport");
  }

  @Override
  public LegStats stats() {
    return end.stats();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      listener.close();
      loop.execute(
          () -> {
            end.part();
            end.quiet();
            loop.removeTimer(timer);
            onClose();
          });
    }
  }

  /** Takes its place on the loop. */
  abstract void onStart();

  /** Leaves the loop. */
  abstract void onClose();
}
