package org.drawbridge.media.relay;

import java.net.InetSocketAddress;
import java.util.List;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.ice.IceLiteAgent;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.StreamIds;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/**
 * The path to a WebRTC peer: ICE finds it, DTLS keys it, SRTP protects it, RTCP is multiplexed (RFC
 * 8827, RFC 8834). DTLS and media are taken only from addresses that passed an ICE check. Owned by
 * a media loop.
 */
public final class WebRtcPeer implements RelayEnd, Egress {

  /** How long a described peer may take to send its first ICE check. */
  private static final long FIRST_CHECK_NANOS = MediaEvent.FIRST_CHECK_SECONDS * 1_000_000_000L;

  private static final String NO_CONSENT = "ICE consent lost: no sign of the peer for 30 s";

  private final Wire wire;
  private final RelayListener listener;
  private final LegCounters counters = new LegCounters();
  private final RefusalLog refusals;
  private final Trouble trouble;
  private final MediaCounters process;
  private final IceLiteAgent ice;
  private final DtlsAssociation dtls;
  private final RelayShared shared;
  private final LegIdentity identity;
  private final RelayLeg leg;
  private @Nullable StreamShape shape;
  private @Nullable StreamDemux demux;

  private @Nullable SrtpSession srtp;
  private @Nullable PacketBudget budget;
  private boolean described;
  private long describedNanos;
  private boolean consentLost;

  /** The peer has turned all media off, and may have given up its end of the path. */
  private boolean resting;

  /**
   * Makes the path.
   *
   * @param name what logs call it
   * @param local our ICE credentials
   */
  public WebRtcPeer(
      String name,
      Wire wire,
      IceCredentials local,
      DtlsStarter handshakes,
      RelayListener listener,
      RelayShared shared) {
    this.wire = wire;
    this.listener = listener;
    trouble = new Trouble(listener);
    process = shared.counters();
    refusals = new RefusalLog(name, counters, process);
    ice = new IceLiteAgent(local.ufrag(), local.password());
    dtls = new DtlsAssociation(handshakes, shared.loop(), this::sendDtls, this::onHandshake);
    this.shared = shared;
    identity = shared.newIdentity();
    leg = new RelayLeg(this, listener, counters, identity);
  }

  /** Makes a further stream on this path, which it joins when its shape is told. Any thread. */
  public BundledStream newStream(RelayListener streamListener) {
    return new BundledStream(this, streamListener, shared.sibling(identity));
  }

  @Override
  public void shape(StreamShape described) {
    shape = described;
    leg.shape(described);
    if (demux != null) {
      demux.put(leg, described);
    }
  }

  @Override
  public StreamIds ids() {
    return identity.ids();
  }

  /** A stream shares the path, or has been described anew. */
  void bundle(RelayLeg stream, StreamShape described) {
    StreamDemux table = demux;
    if (table == null) {
      table = new StreamDemux();
      demux = table;
      leg.bundled(true);
      table.put(leg, shape == null ? StreamDemux.NO_SHAPE : shape);
    }
    stream.bundled(true);
    table.put(stream, described);
  }

  /** A stream has left the path. */
  void unbundle(RelayLeg stream) {
    if (demux != null) {
      demux.remove(stream);
    }
  }

  @Override
  public void apply(RemoteMedia remote, long nowNanos) {
    if (!described) {
      describedNanos = nowNanos;
    }
    described = true;
    boolean awaited = isAwaited();
    leg.onDescription(remote, nowNanos);
    awaitAgain(awaited, nowNanos);
    IceCredentials credentials = remote.ice();
    if (credentials != null && ice.remote(credentials.ufrag())) {
      dtls.mayBeginAnew();
    }
    rest(credentials == null, nowNanos);
    Fingerprint fingerprint = remote.fingerprint();
    if (fingerprint == null) {
      trouble.fail("the description has no DTLS fingerprint we can check");
      return;
    }
    if (dtls.describe(remote.dtlsRole(), fingerprint, remote.tlsId())) {
      srtp = null;
      trouble.clear();
    }
    dtls.advance(ice.leads(), nowNanos);
  }

  /**
   * Who is taken off hold has as long as at first to show that it is there; without consent it is
   * sent nothing until then (RFC 7675 section 5.1).
   */
  void awaitAgain(boolean before, long nowNanos) {
    if (!before && isAwaited()) {
      ice.expect(nowNanos);
    }
  }

  /** Whether any stream of the peer is to come. */
  boolean isAwaited() {
    return demux == null ? leg.isAwaited() : demux.isAnyAwaited();
  }

  private void rest(boolean rests, long nowNanos) {
    if (resting && !rests) {
      consentLost = false;
      ice.expect(nowNanos);
    }
    resting = rests;
  }

  /**
   * Restarts ICE on our side with new credentials (RFC 8445 9); the old path works on meanwhile.
   */
  public void restartIce(IceCredentials local, long nowNanos) {
    ice.restart(local.ufrag(), local.password());
    describedNanos = nowNanos;
    trouble.clear();
  }

  /** The user name fragments by which checks find this transport. */
  public List<String> localUfrags() {
    return ice.localUfrags();
  }

  /**
   * Takes a STUN message that names this transport and answers it.
   *
   * @param reply scratch for the answer
   * @return whether the source is an address of this transport's peer from now on
   */
  public boolean onStun(StunView message, InetSocketAddress from, long nowNanos, StunWriter reply) {
    IceLiteAgent.Outcome outcome = ice.onMessage(message, from, nowNanos, reply);
    if (outcome == IceLiteAgent.Outcome.IGNORED) {
      return false;
    }
    wire.send(reply.buffer(), 0, reply.length(), from);
    if (outcome == IceLiteAgent.Outcome.REFUSED) {
      return false;
    }
    consentLost = false;
    dtls.advance(ice.leads(), nowNanos);
    return true;
  }

  /** Its packets are bounded from now on: we check it, so it may be another call of ours. */
  void bound() {
    budget = new PacketBudget();
  }

  /** How the peer's checks are answered, and where they have led. */
  public IceLiteAgent ice() {
    return ice;
  }

  /** An address of the peer has answered a check of ours. */
  void confirmed(InetSocketAddress address, boolean nominated, long nowNanos) {
    ice.confirmed(address, nominated, nowNanos);
    consentLost = false;
    dtls.advance(ice.leads(), nowNanos);
  }

  /** The peer is not reached at an address any more: a TCP connection that has ended. */
  public void onLost(InetSocketAddress address) {
    ice.lost(address);
  }

  /** Takes a DTLS datagram. */
  public void onDtls(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    if (!ice.isValid(from)) {
      refuse(Kind.REFUSED_SOURCE, from, "no ICE check from there", nowNanos);
      return;
    }
    dtls.onDatagram(buf, off, len, nowNanos);
    dtls.advance(ice.leads(), nowNanos);
  }

  /** Takes an SRTP or SRTCP datagram. */
  public void onMedia(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    SrtpSession session = srtp;
    if (!ice.isValid(from)) {
      refuse(Kind.REFUSED_SOURCE, from, "no ICE check from there", nowNanos);
    } else if (session == null) {
      refusals.count(Kind.REFUSED_EARLY);
    } else if (RtcpView.isRtcp(buf, off, len)) {
      onSrtcp(session, buf, off, len, from, nowNanos);
    } else {
      onSrtp(session, buf, off, len, from, nowNanos);
    }
  }

  private void onSrtp(
      SrtpSession session, byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    SrtpResult result = session.receiver().unprotectRtp(buf, off, len);
    if (result == SrtpResult.OK) {
      heard(from, nowNanos);
      toStream(buf, off, session.receiver().length(), from, nowNanos);
    } else {
      refuse(Kind.REFUSED_SRTP, from, result.name(), nowNanos);
    }
  }

  private void toStream(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    StreamDemux table = demux;
    RelayLeg stream =
        table == null ? leg : table.find(buf, off, RtpView.headerLength(buf, off, len));
    if (stream == null) {
      refuse(Kind.REFUSED_FORM, from, "no m= line has such a packet", nowNanos);
    } else if (budget != null && !budget.takes(stream.isVideo(), nowNanos)) {
      refuse(Kind.REFUSED_RATE, from, PacketBudget.EXCEEDED, nowNanos);
    } else {
      stream.onRtp(buf, off, len, nowNanos);
    }
  }

  private void toStreams(byte[] buf, int off, int len, long nowNanos) {
    StreamDemux table = demux;
    if (table == null) {
      leg.onRtcp(buf, off, len, nowNanos);
      return;
    }
    for (RelayLeg stream : table.streams()) {
      stream.onRtcp(buf, off, len, nowNanos);
    }
  }

  private void onSrtcp(
      SrtpSession session, byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    SrtpResult result = session.receiver().unprotectRtcp(buf, off, len);
    int length = session.receiver().length();
    if (result != SrtpResult.OK) {
      refuse(Kind.REFUSED_SRTP, from, result.name(), nowNanos);
    } else if (RtcpView.isCompound(buf, off, length)) {
      heard(from, nowNanos);
      toStreams(buf, off, length, nowNanos);
    } else {
      refuse(Kind.REFUSED_FORM, from, "malformed RTCP", nowNanos);
    }
  }

  private void heard(InetSocketAddress from, long nowNanos) {
    ice.heard(from, nowNanos);
    consentLost = false;
  }

  private void refuse(Kind kind, InetSocketAddress from, String why, long nowNanos) {
    refusals.refuse(kind, from, why, ice.target(), nowNanos);
  }

  private void onHandshake(DtlsResult result) {
    switch (result) {
      case DtlsResult.Established established -> {
        srtp = SrtpSession.rekey(null, established.keys());
        trouble.clear();
      }
      case DtlsResult.Failed failed -> {
        // Where there are keys the peer had begun anew, and they stay as they are.
        if (srtp == null) {
          trouble.fail(failed.reason());
        }
      }
    }
  }

  private void sendDtls(byte[] datagram) {
    InetSocketAddress to = ice.target();
    if (to != null) {
      wire.send(datagram, 0, datagram.length, to);
    }
  }

  @Override
  public boolean sendRtp(byte[] buf, int off, int len) {
    InetSocketAddress to = ice.target();
    SrtpSession session = srtp;
    if (to == null
        || session == null
        || isMute()
        || session.sender().protectRtp(buf, off, len) != SrtpResult.OK) {
      return false;
    }
    wire.send(buf, off, session.sender().length(), to);
    return true;
  }

  @Override
  public void sendRtcp(byte[] buf, int off, int len) {
    InetSocketAddress to = ice.target();
    SrtpSession session = srtp;
    if (to != null
        && session != null
        && !isMute()
        && session.sender().protectRtcp(buf, off, len) == SrtpResult.OK) {
      wire.send(buf, off, session.sender().length(), to);
    }
  }

  private boolean isMute() {
    return consentLost || resting;
  }

  @Override
  public boolean wantsFeedback() {
    return true;
  }

  @Override
  public void onTick(long nowNanos) {
    trouble.onTick(nowNanos);
    dtls.advance(ice.leads(), nowNanos);
    if (!isMute() && ice.consentExpired(nowNanos)) {
      consentLost = true;
      process.count(Kind.CONSENT_LOST);
      if (isAwaited()) {
        trouble.tell(NO_CONSENT);
      }
    } else if (described
        && !trouble.isThere()
        && !ice.isUp()
        && nowNanos - describedNanos >= FIRST_CHECK_NANOS) {
      describedNanos = nowNanos;
      listener.onUnreached(ice.unreached());
    } else if (!trouble.isThere() && dtls.isHelloOverdue(nowNanos)) {
      process.count(Kind.DTLS_NO_HELLO);
      trouble.fail("ICE is up but the peer sent no DTLS ClientHello within 5 s");
    }
    boolean missed = consentLost && isAwaited() && ice.consentExpired(nowNanos);
    trouble.tellAgain(missed ? NO_CONSENT : null);
    leg.onTick(nowNanos);
  }

  /** Ends a handshake that may still run. */
  public void close() {
    dtls.close();
  }

  @Override
  public RelayLeg leg() {
    return leg;
  }
}
