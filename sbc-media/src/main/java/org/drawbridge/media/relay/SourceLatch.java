package org.drawbridge.media.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.media.api.MediaPeer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which address a peer's media comes from and goes to (symmetric RTP, RFC 4961, RFC 7362).
 * Owned by a media loop.
 *
 * <p>The rule, armed anew by each description:
 *
 * <ol>
 *   <li>We send to the signalled address at once, unless it is of a network that the peer signals
 *       from outside of, which a server alone may do. A packet from it is taken at once.
 *   <li>Behind a NAT packets come from elsewhere. The first address to speak is heard; the first to
 *       send {@value #PROOF} packets in sequence (one, if it is authentic) is the source, and we
 *       send there.
 *   <li>A source that was proven before and continues keeps winning over all but the signalled
 *       address: another one is considered only once the source has been silent for a second. So a
 *       forged flood that waits for a re-INVITE steals nothing.
 *   <li>Once proven, or once it has continued for three seconds, the source is strict: all else is
 *       refused until the next description. The signalled address alone may still take over from a
 *       source that has gone silent, since a phone may move later than its re-INVITE.
 *   <li>A source that nothing authenticated yields to a likelier one that proves itself: any
 *       address to the host that signalling comes from, both to the signalled address. So a flood
 *       that was there before the peer's first packet keeps nothing.
 *   <li>A NAT may give a stream another port in mid-call. Once the source has been silent for a
 *       second, another port of its host that goes on with its SSRC, which only who has seen the
 *       stream knows, takes its place.
 *   <li>A phone may go from one network to another in mid-call. Once its source has been silent for
 *       a second, what SRTP authenticates is followed wherever it comes from. Without SRTP only a
 *       description can say that: whoever could make it up would get the call.
 * </ol>
 *
 * <p>Of a peer that is known to send from elsewhere than it receives this says whom to hear; we
 * send to the address it named last.
 */
final class SourceLatch {

  /** Packets in sequence that prove a source which nothing authenticates. */
  static final int PROOF = 3;

  /** A source not heard for this long has gone silent. */
  static final long SILENT_NANOS = 1_000_000_000L;

  /** A re-armed source that goes on for this long is settled. */
  static final long SETTLED_NANOS = 3_000_000_000L;

  static final int ANYWHERE = 0;
  static final int SIGNALLING_HOST = 1;
  static final int SIGNALLED = 2;

  /** Two tables, so that a flood from anywhere cannot crowd out the likely addresses. */
  private final Probations strangers = new Probations();

  private final Probations likely = new Probations();
  private @Nullable InetAddress host;

  private @Nullable InetSocketAddress signalled;

  /** The last that a description gave: one that holds the call may give none (RFC 3264 8.4). */
  private @Nullable InetSocketAddress named;

  private @Nullable InetSocketAddress source;
  private @Nullable InetSocketAddress target;
  private MediaPeer known = MediaPeer.ANYBODY;
  private int sourceSsrc;
  private boolean proven;
  private boolean authenticated;
  private boolean armed;
  private boolean owesSign;
  private long armedNanos;
  private long heardNanos;

  /**
   * Not armed yet: nothing is taken.
   *
   * @param host where the peer's signalling comes from, null if that says nothing
   */
  SourceLatch(@Nullable InetAddress host) {
    this.host = host;
  }

  /** The peer's signalling comes from there now. */
  void host(InetAddress from) {
    host = from;
  }

  /** What is known of the peer. */
  void known(MediaPeer peer) {
    known = peer;
  }

  /** Whether the peer owes a sign that it is there: then we send only where it was proven to be. */
  void owesSign(boolean owes) {
    owesSign = owes;
  }

  /** Whether the peer receives where it says, wherever it sends from. */
  boolean isAsymmetric() {
    return known == MediaPeer.ASYMMETRIC_SERVER;
  }

  /** A description names an address, or none that can be used. */
  void arm(@Nullable InetSocketAddress address, long nowNanos) {
    boolean followsSignalling = source == null || source.equals(named);
    boolean isNew = address != null && !address.equals(named);
    if ((target == null || isNew && followsSignalling) && maySendTo(address)) {
      target = address;
    }
    signalled = address;
    named = address == null ? named : address;
    armed = true;
    armedNanos = nowNanos;
    strangers.forget();
    likely.forget();
  }

  /** Whether the word of the peer, or of the operator, is enough to send there. */
  boolean maySendTo(@Nullable InetSocketAddress address) {
    if (address == null || host == null || isAsymmetric()) {
      return address != null;
    }
    return Reach.allows(known, host, address.getAddress());
  }

  /** Whether a packet from there is worth authenticating: a flood must not cost us its crypto. */
  boolean mayComeFrom(InetSocketAddress from, long nowNanos) {
    return armed
        || from.equals(source)
        || (from.equals(signalled) && isSilent(nowNanos))
        || isLikelier(from)
        || isRebound(from, nowNanos)
        || (authenticated && isSilent(nowNanos));
  }

  /**
   * Takes or refuses a well-formed RTP packet.
   *
   * @param authentic whether it proved itself by SRTP
   */
  boolean accept(InetSocketAddress from, int ssrc, int seq, boolean authentic, long nowNanos) {
    if (from.equals(source)) {
      return continueSource(from, ssrc, seq, authentic, nowNanos);
    }
    if (from.equals(signalled) && (armed || isSilent(nowNanos))) {
      take(from, ssrc, authentic, nowNanos);
      return true;
    }
    boolean open = armed && (!proven || isSilent(nowNanos));
    boolean goesOn = ssrc == sourceSsrc && isRebound(from, nowNanos);
    boolean moved = authentic && isSilent(nowNanos);
    if (!open && !goesOn && !moved && !isLikelier(from)) {
      return false;
    }
    if (authentic || countOf(from, ssrc, seq) >= PROOF) {
      take(from, ssrc, authentic, nowNanos);
      return true;
    }
    return listenTo(from, nowNanos);
  }

  private boolean continueSource(
      InetSocketAddress from, int ssrc, int seq, boolean authentic, long nowNanos) {
    heardNanos = nowNanos;
    sourceSsrc = ssrc;
    if (!proven && (authentic || countOf(from, ssrc, seq) >= PROOF)) {
      take(from, ssrc, authentic, nowNanos);
    } else if (armed && proven && nowNanos - armedNanos >= SETTLED_NANOS) {
      armed = false;
    }
    return true;
  }

  /** Before anything is proven, the first address to speak is heard; we do not send there yet. */
  private boolean listenTo(InetSocketAddress from, long nowNanos) {
    if (source != null) {
      return false;
    }
    source = from;
    heardNanos = nowNanos;
    return true;
  }

  private void take(InetSocketAddress from, int ssrc, boolean authentic, long nowNanos) {
    source = from;
    sourceSsrc = ssrc;
    target = from;
    proven = true;
    authenticated = authentic;
    armed = false;
    heardNanos = nowNanos;
  }

  private boolean isLikelier(InetSocketAddress from) {
    return source != null && proven && !authenticated && likelihood(from) > likelihood(source);
  }

  private boolean isRebound(InetSocketAddress from, long nowNanos) {
    return source != null
        && proven
        && isSilent(nowNanos)
        && from.getAddress().equals(source.getAddress());
  }

  /** The peer has proven to be there by other means than media. */
  void prove(InetSocketAddress from, long nowNanos) {
    take(from, sourceSsrc, true, nowNanos);
  }

  /** How likely an address is the peer's, from {@link #ANYWHERE} to {@link #SIGNALLED}. */
  int likelihood(InetSocketAddress address) {
    if (address.equals(signalled)) {
      return SIGNALLED;
    }
    return address.getAddress().equals(host) ? SIGNALLING_HOST : ANYWHERE;
  }

  private int countOf(InetSocketAddress from, int ssrc, int seq) {
    return (likelihood(from) == ANYWHERE ? strangers : likely).onPacket(from, ssrc, seq);
  }

  private boolean isSilent(long nowNanos) {
    return source == null || nowNanos - heardNanos >= SILENT_NANOS;
  }

  /**
   * Where to send: the proven source, until there is one the signalled address if we may; null for
   * neither.
   */
  @Nullable InetSocketAddress target() {
    if (owesSign && !proven) {
      return null;
    }
    return isAsymmetric() && named != null ? named : target;
  }

  /** Whether RTCP on the RTP port may come from there: from RTP's source, or where it should be. */
  boolean isSource(InetSocketAddress from) {
    return from.equals(source) || (from.equals(signalled) && armed);
  }

  /** Whether RTCP on its own port may come from there: from the host RTP comes from or goes to. */
  boolean isHost(InetSocketAddress from) {
    InetSocketAddress known = proven ? source : signalled;
    return known != null && from.getAddress().equals(known.getAddress());
  }

  /** SSRC of the source; meaningless before there is one. */
  int ssrc() {
    return sourceSsrc;
  }

  /** The source media is taken from now, for the log. */
  @Nullable InetSocketAddress source() {
    return source;
  }
}
