package org.drawbridge.media.relay;

import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.drawbridge.media.dtls.ClientHello;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.jspecify.annotations.Nullable;

/**
 * DTLS on a port of a peer without ICE (RFC 5763 6.7.1): whose datagrams reach the handshake, and
 * where ours go. Owned by a media loop.
 *
 * <p>Who the peer is, its certificate says; until then anybody who finds the port may try. So a
 * hello is taken from one address at a time, and one from a likelier address takes its place. Where
 * the peer waits for us, only likely addresses may answer. Once there are keys, nobody begins anew
 * before the next description, and from then on nobody less likely than who has them; the keys stay
 * in use until others are proven.
 */
final class PortDtls {

  /** A failure is told again after so long: while it rings nobody may mind. */
  private static final long TOLD_AGAIN_NANOS = 5_000_000_000L;

  /** What a neighbour may have answered in the peer's place is tried again so often. */
  private static final int TRIES = 3;

  private static final long TRY_AGAIN_NANOS = 1_000_000_000L;

  /** Where the peer may be. */
  interface Place {

    /** Where descriptions say it is; null for nowhere. */
    @Nullable InetSocketAddress signalled();

    /** How likely an address is the peer's, as {@link SourceLatch#likelihood} says. */
    int likelihood(InetSocketAddress address);

    /** It has proven to be there. */
    void proven(InetSocketAddress address, long nowNanos);
  }

  private final Wire wire;
  private final Place place;
  private final Consumer<String> failed;
  private final DtlsAssociation association;
  private DtlsRole role = DtlsRole.NONE;
  private @Nullable InetSocketAddress source;
  private @Nullable SrtpSession session;
  private @Nullable String failure;
  private int tried;
  private boolean trying;
  private long triedNanos;
  private long toldNanos;
  private long clockNanos;

  /**
   * One that waits for a description.
   *
   * @param loop runs commands on the owning media loop
   * @param failed told why there will be no keys
   */
  PortDtls(DtlsStarter starter, Executor loop, Wire wire, Place place, Consumer<String> failed) {
    this.wire = wire;
    this.place = place;
    this.failed = failed;
    association = new DtlsAssociation(starter, loop, this::send, this::onOver);
  }

  /** What the handshake has keyed, null before that. */
  @Nullable SrtpSession session() {
    return session;
  }

  /** Takes what a description says of it. */
  void describe(DtlsRole newRole, Fingerprint fingerprint, @Nullable String tlsId, long nowNanos) {
    if (association.describe(newRole, fingerprint, tlsId)) {
      session = null;
      source = null;
      failure = null;
      tried = 0;
      trying = false;
    }
    role = newRole;
    clockNanos = nowNanos;
    association.mayBeginAnew();
    association.advance(true, nowNanos);
  }

  /** Takes a DTLS datagram; false where it is not the peer's. */
  boolean onDatagram(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    clockNanos = nowNanos;
    if (!from.equals(source)) {
      boolean hello = ClientHello.random(buf, off, len) != null;
      if (!mayBe(from, hello, nowNanos)) {
        return false;
      }
      if (source != null && role != DtlsRole.CLIENT && association.isUnderWay()) {
        association.renew();
      }
      source = from;
    }
    association.onDatagram(buf, off, len, nowNanos);
    association.advance(true, nowNanos);
    return true;
  }

  private boolean mayBe(InetSocketAddress from, boolean hello, long nowNanos) {
    int likelihood = place.likelihood(from);
    int known = source == null ? -1 : place.likelihood(source);
    if (role == DtlsRole.CLIENT) {
      return likelihood > Math.max(known, SourceLatch.ANYWHERE) && association.isUnderWay();
    }
    return hello
        && (association.isUnderWay()
            ? likelihood > known
            : likelihood >= known && association.beginsAnew(nowNanos));
  }

  private void send(byte[] datagram) {
    InetSocketAddress to = source == null ? place.signalled() : source;
    if (to != null) {
      wire.send(datagram, 0, datagram.length, to);
    }
  }

  private void onOver(DtlsResult result) {
    InetSocketAddress from = source == null ? place.signalled() : source;
    switch (result) {
      case DtlsResult.Established established -> {
        session = SrtpSession.rekey(null, established.keys());
        failure = null;
        if (from != null) {
          place.proven(from, clockNanos);
        }
      }
      case DtlsResult.Failed(String reason) -> {
        boolean stranger = from != null && place.likelihood(from) == SourceLatch.ANYWHERE;
        if (mayHaveBeenANeighbour() && ++tried <= TRIES) {
          source = null;
          trying = true;
          triedNanos = clockNanos;
          return;
        }
        source = session == null ? null : source;
        // What a stranger tried in vain is no fault of the peer; where there are keys they stay.
        if (session == null && !stranger) {
          failure = reason;
          tell(reason);
        }
      }
    }
  }

  /**
   * Whether what answered our hello is where others may be too: behind the NAT of the peer. Whoever
   * waits for us may be silent yet.
   */
  private boolean mayHaveBeenANeighbour() {
    InetSocketAddress from = source;
    return role == DtlsRole.CLIENT
        && session == null
        && from != null
        && place.likelihood(from) < SourceLatch.SIGNALLED;
  }

  private void tell(String reason) {
    toldNanos = clockNanos;
    failed.accept(reason);
  }

  /** Runs timers. */
  void onTick(long nowNanos) {
    clockNanos = nowNanos;
    if (trying && nowNanos - triedNanos >= TRY_AGAIN_NANOS) {
      trying = false;
      association.renew();
    }
    association.advance(true, nowNanos);
    String lasting = failure;
    if (lasting != null && nowNanos - toldNanos >= TOLD_AGAIN_NANOS) {
      tell(lasting);
    }
  }

  /** Ends a handshake that may still run. */
  void close() {
    association.close();
  }
}
