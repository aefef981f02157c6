package org.drawbridge.media.relay;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.drawbridge.media.dtls.ClientHello;
import org.drawbridge.media.dtls.DatagramPipe;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.jspecify.annotations.Nullable;

/**
 * One transport's DTLS association as its media loop sees it: waits until both the description and
 * the path are there, runs the handshake elsewhere, starts anew when the peer's fingerprint or
 * {@code tls-id} or the roles change (RFC 8842 4), or when it may and says hello once more (RFC
 * 6347 4.2.8). Owned by a media loop.
 */
final class DtlsAssociation {

  /** How long a peer whose turn it is may take from ICE to its ClientHello. */
  static final long HELLO_NANOS = 5_000_000_000L;

  /**
   * A handshake is begun anew no sooner after the last: hellos are easily forged, and cost us keys.
   * A client repeats its own.
   */
  private static final long ANEW_NANOS = 1_000_000_000L;

  /** How long one who waits for us may say nothing: nobody rings for longer as a rule. */
  static final long UNHEARD_NANOS = 180_000_000_000L;

  private final DtlsStarter starter;
  private final Executor loop;
  private final Consumer<byte[]> sender;
  private final Consumer<DtlsResult> done;

  private DatagramPipe pipe;
  private @Nullable Fingerprint expected;
  private @Nullable String tlsId;
  private DtlsRole role = DtlsRole.NONE;
  private boolean heard;
  private boolean started;
  private boolean over;
  private boolean failed;
  private boolean restarted;
  private @Nullable ByteBuffer hello;
  private long awaitedSinceNanos = Long.MIN_VALUE;
  private long startedNanos;
  private long firstStartedNanos = Long.MIN_VALUE;

  /**
   * Makes an association that waits.
   *
   * @param loop runs commands on the owning media loop
   * @param sender sends a datagram to the peer; called on the loop
   * @param done told how each handshake ended; called on the loop
   */
  DtlsAssociation(
      DtlsStarter starter, Executor loop, Consumer<byte[]> sender, Consumer<DtlsResult> done) {
    this.starter = starter;
    this.loop = loop;
    this.sender = sender;
    this.done = done;
    pipe = newPipe();
  }

  private DatagramPipe newPipe() {
    return new DatagramPipe(datagram -> loop.execute(() -> sender.accept(datagram)));
  }

  /**
   * Takes what a description says of the association.
   *
   * @param id what the peer calls it, null when it does not say: then it goes on
   * @return whether it is another one, so that keys made in the old one are void
   */
  boolean describe(DtlsRole newRole, Fingerprint fingerprint, @Nullable String id) {
    boolean renamed = id != null && tlsId != null && !tlsId.equals(id);
    boolean renewed =
        expected != null
            && (!expected.equals(fingerprint)
                || renamed
                || (started && role != newRole)
                || (failed && newRole == DtlsRole.CLIENT));
    tlsId = id == null ? tlsId : id;
    if (renewed) {
      renew();
      firstStartedNanos = Long.MIN_VALUE;
    }
    if (!started) {
      role = newRole;
      awaitedSinceNanos = Long.MIN_VALUE;
    }
    expected = fingerprint;
    return renewed;
  }

  /** Leaves the handshake that runs, or has been: another may begin. */
  void renew() {
    pipe.close();
    pipe = newPipe();
    heard = false;
    started = false;
    over = false;
    failed = false;
    hello = null;
  }

  /**
   * A datagram of the peer. Kept until the handshake reads it; the description may come later.
   *
   * <p>A new hello after an ICE restart is that of a peer which has left the association without a
   * word: a browser that gave its sound up and takes it up again does so on a transport of its own,
   * with the certificate it had. The keys there are stay in use until it has proven itself. Without
   * a restart it may have outrun a description that names another certificate, and comes again. A
   * handshake that still runs then would wait in vain for who has left. Of one that failed the peer
   * repeats the hello that it said, and may have it answered.
   */
  void onDatagram(byte[] buf, int off, int len, long nowNanos) {
    ByteBuffer random = ClientHello.random(buf, off, len);
    if (beginsAnew(nowNanos) && random != null && !random.equals(hello)) {
      renew();
    }
    hello = hello == null && !over ? random : hello;
    heard |= pipe.offer(buf, off, len);
  }

  /** The peer has restarted ICE or described itself anew, on the same association as a rule. */
  void mayBeginAnew() {
    restarted = true;
  }

  /** Whether another hello of the peer would begin another handshake. */
  boolean beginsAnew(long nowNanos) {
    return (over ? restarted || failed : started && restarted)
        && role == DtlsRole.SERVER
        && nowNanos - startedNanos >= ANEW_NANOS;
  }

  /** Whether a handshake is to come or runs. */
  boolean isUnderWay() {
    return !over;
  }

  /** Starts the handshake when all it needs is there. */
  void advance(boolean iceUp, long nowNanos) {
    Fingerprint fingerprint = expected;
    if (started || fingerprint == null || !iceUp) {
      return;
    }
    if (awaitedSinceNanos == Long.MIN_VALUE) {
      awaitedSinceNanos = nowNanos;
    }
    switch (role) {
      case NONE -> {}
      case CLIENT -> start(Role.CLIENT, fingerprint, nowNanos);
      case SERVER -> {
        if (heard) {
          start(Role.SERVER, fingerprint, nowNanos);
        }
      }
    }
  }

  private void start(Role as, Fingerprint fingerprint, long nowNanos) {
    started = true;
    startedNanos = nowNanos;
    firstStartedNanos = firstStartedNanos == Long.MIN_VALUE ? nowNanos : firstStartedNanos;
    DatagramPipe own = pipe;
    starter.start(
        as,
        fingerprint,
        own,
        result ->
            loop.execute(
                () -> {
                  if (own == pipe) {
                    onOver(result);
                  }
                }));
  }

  /**
   * After a failure the peer may try again, with a hello that it repeats too. One that waits for us
   * and has said nothing yet may be about to: while it rings many open no port. But not for ever:
   * handshakes are counted, and others need them.
   */
  private void onOver(DtlsResult result) {
    boolean unheard =
        role == DtlsRole.CLIENT && !heard && startedNanos - firstStartedNanos < UNHEARD_NANOS;
    if (result instanceof DtlsResult.Failed && unheard) {
      renew();
      return;
    }
    over = true;
    failed = result instanceof DtlsResult.Failed;
    restarted &= failed;
    hello = failed ? null : hello;
    done.accept(result);
  }

  /** Whether ICE is up and the peer, whose turn it is, has not begun for {@link #HELLO_NANOS}. */
  boolean isHelloOverdue(long nowNanos) {
    return !started
        && role == DtlsRole.SERVER
        && awaitedSinceNanos != Long.MIN_VALUE
        && nowNanos - awaitedSinceNanos >= HELLO_NANOS;
  }

  /** Ends a handshake that runs; nothing is told any more. */
  void close() {
    DatagramPipe old = pipe;
    pipe = newPipe();
    old.close();
    pipe.close();
    expected = null;
  }
}
