package org.drawbridge.media.relay;

import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.rtp.StreamStats;
import org.jspecify.annotations.Nullable;

/**
 * One transport's end of a relay: takes plain packets that its peer's path has accepted, and passes
 * them to the leg it is joined to, which may be itself. Owned by a media loop.
 *
 * <p>Header extensions and CSRCs are removed: extension ids are negotiated for each leg, and a CSRC
 * would show sources of the other side.
 */
final class RelayLeg {

  private final Egress egress;
  private final RelayListener listener;
  private final LegCounters counters;
  private final OutboundStream outbound;
  private final RtcpRewriter rewriter;
  private final byte[] cname;
  private final MediaTimeout silence;
  private final Pacer pacer;
  private final StreamStats inbound = new StreamStats();
  private final PathMonitor monitor = new PathMonitor();

  private PayloadMap payloads = PayloadMap.identity();
  private @Nullable RelayLeg sink;
  private @Nullable RelayLeg source;
  private @Nullable KeyInput keyInput;
  private @Nullable KeySender keySender;
  private @Nullable KeyForm keyForm;
  private @Nullable Player player;
  private boolean receives;
  private boolean started;

  RelayLeg(Egress egress, RelayListener listener, LegCounters counters, LegIdentity identity) {
    this.egress = egress;
    this.listener = listener;
    this.counters = counters;
    outbound = new OutboundStream(identity.ssrc(), identity.random());
    rewriter = identity.rewriter();
    cname = identity.cname();
    silence = new MediaTimeout(identity.silenceNanos());
    pacer = identity.pacer();
  }

  /** Joins two legs, or one with itself; what either was joined to hears no more. */
  static void join(RelayLeg a, RelayLeg b, PayloadMap aToB, PayloadMap bToA) {
    a.partUnlessWith(b);
    b.partUnlessWith(a);
    a.sendTo(b, aToB);
    b.sendTo(a, bToA);
  }

  private void partUnlessWith(RelayLeg other) {
    if (sink != other) {
      part();
    }
  }

  private void sendTo(RelayLeg to, PayloadMap map) {
    if (to.source != this) {
      to.source = this;
      to.outbound.detach();
    }
    sink = to;
    payloads = map;
    KeyRoute route = map.keys();
    if (route == null || !route.converts()) {
      keyInput = null;
    } else if (keyInput == null || !keyInput.is(route, to)) {
      keyInput = new KeyInput(route, to, listener);
    }
    if (route != null) {
      to.takeKeysAs(route.to());
    }
  }

  private void takeKeysAs(KeyForm form) {
    keyForm = form;
    if (keySender != null) {
      keySender.form(form);
    }
  }

  /** What sends keys to the peer. */
  KeySender keys() {
    if (keySender == null) {
      keySender = new KeySender(pacer, new OwnPackets(this, outbound, egress, counters));
      if (keyForm != null) {
        keySender.form(keyForm);
      }
    }
    return keySender;
  }

  /** Whether the peer wants our packets. */
  boolean receives() {
    return receives;
  }

  /** Leaves the leg this one is joined to; neither sends the other's packets any more. */
  void part() {
    RelayLeg other = sink;
    sink = null;
    source = null;
    if (other != null && other != this) {
      other.sink = null;
      other.source = null;
    }
    if (keySender != null) {
      keySender.stop();
    }
  }

  /** Takes the directions of a description. */
  void onDescription(RemoteMedia remote, long nowNanos) {
    receives = remote.receives();
    silence.expect(remote.sends(), nowNanos);
  }

  /** Passes on a valid, plain RTP packet. */
  void onRtp(byte[] buf, int off, int len, long nowNanos) {
    int header = RtpView.headerLength(buf, off, len);
    int type = RtpView.payloadType(buf, off);
    int clockRate = payloads.clockRate(type);
    inbound.onPacket(
        RtpView.ssrc(buf, off),
        RtpView.seq(buf, off),
        RtpView.timestamp(buf, off),
        clockRate,
        nowNanos);
    counters.received(len - header, inbound);
    silence.heard(nowNanos);
    if (!started) {
      started = true;
      listener.onStarted();
    }
    if (keyInput != null && keyInput.takes(buf, off, header, len, nowNanos)) {
      return;
    }
    RelayLeg to = sink;
    int outgoing = payloads.outgoing(type);
    if (to != null && outgoing >= 0 && to.receives && to.player == null) {
      int start = RtpView.strip(buf, off, header);
      to.send(buf, start, len - (start - off), outgoing, clockRate, nowNanos);
    }
  }

  /** What the peer hears from now on instead of the leg that is joined; null for that leg. */
  void play(@Nullable Player next) {
    if (player != null) {
      pacer.stop(player);
    }
    player = next;
    outbound.detach();
    if (next != null) {
      pacer.start(next);
    }
  }

  /** Sends a packet of a player; false when the peer cannot be reached or does not listen now. */
  boolean sendPlayed(byte[] buf, int len, int type, int clockRate, long nowNanos) {
    return receives && send(buf, 0, len, type, clockRate, nowNanos);
  }

  private boolean send(byte[] buf, int off, int len, int type, int clockRate, long nowNanos) {
    if (keySender != null && keySender.isBusy()) {
      return false;
    }
    boolean placed =
        outbound.place(
            RtpView.ssrc(buf, off),
            RtpView.seq(buf, off),
            RtpView.timestamp(buf, off),
            clockRate,
            nowNanos);
    if (!placed) {
      return false;
    }
    // A new source is a new talk spurt: the marker lets the receiver adapt its playout.
    RtpView.setPayloadType(buf, off, type, RtpView.marker(buf, off) || outbound.isNewSource());
    RtpView.setSeq(buf, off, outbound.seq());
    RtpView.setTimestamp(buf, off, outbound.timestamp());
    RtpView.setSsrc(buf, off, outbound.ssrc());
    if (!egress.sendRtp(buf, off, len)) {
      return false;
    }
    outbound.sent(len - RtpView.HEADER);
    counters.sent(len - RtpView.HEADER);
    return true;
  }

  /** Passes on a plain RTCP compound whose lengths were checked. */
  void onRtcp(byte[] buf, int off, int len, long nowNanos) {
    silence.heard(nowNanos);
    monitor.onReceived(buf, off, len, outbound.ssrc(), outbound.clockRate(), nowNanos);
    RelayLeg to = sink;
    if (to == null) {
      return;
    }
    int length = rewriter.rewrite(buf, off, len, this, to);
    if (length > 0) {
      to.monitor.onSent(rewriter.buffer(), 0, nowNanos);
      to.egress.sendRtcp(rewriter.buffer(), 0, length);
    }
  }

  /** Tells of silence when it is due. */
  void onTick(long nowNanos) {
    monitor.onTick(inbound, nowNanos);
    if (keyInput != null) {
      keyInput.onTick(nowNanos);
    }
    long silentMillis = silence.dueMillis(nowNanos);
    if (silentMillis >= 0) {
      listener.onSilent(silentMillis);
    }
  }

  OutboundStream outbound() {
    return outbound;
  }

  StreamStats inbound() {
    return inbound;
  }

  byte[] cname() {
    return cname;
  }

  boolean wantsFeedback() {
    return egress.wantsFeedback();
  }

  PathReport path() {
    return monitor.report();
  }

  LegStats stats() {
    return counters.snapshot();
  }
}
