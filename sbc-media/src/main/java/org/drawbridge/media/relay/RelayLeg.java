package org.drawbridge.media.relay;

import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.plane.Feedback;
import org.drawbridge.media.plane.KeyForm;
import org.drawbridge.media.plane.KeyRoute;
import org.drawbridge.media.plane.PathReport;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.plane.Tap;
import org.drawbridge.media.rtp.HeaderExtensions;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.rtp.StreamStats;
import org.jspecify.annotations.Nullable;

/**
 * One transport's end of a relay: takes plain packets that its peer's path has accepted, and passes
 * them to the leg it is joined to, which may be itself. Owned by a media loop.
 *
 * <p>CSRCs are removed, since they would show sources of the other side, and so are header
 * extensions but those that both peers of a video stream have agreed to, under the ids of each leg.
 */
final class RelayLeg {

  private final Egress egress;
  private final RelayListener listener;
  private final LegCounters counters;
  private final OutboundStream outbound;
  private final RtcpRewriter rewriter;
  private final MediaTimeout silence;
  private final StreamStats inbound = new StreamStats();
  private final PathMonitor monitor = new PathMonitor();
  private final LegIdentity identity;
  private final OwnReports reports;
  private @Nullable RepairStream repairs;
  private @Nullable StreamShape shape;

  private PayloadMap payloads = PayloadMap.identity();
  private @Nullable RelayLeg sink;
  private @Nullable RelayLeg source;
  private @Nullable KeyInput keyInput;
  private @Nullable KeySender keySender;
  private @Nullable KeyForm keyForm;
  private @Nullable Player player;
  private @Nullable Tap tap;
  private final Conversion conversion = new Conversion();
  private boolean receives;
  private boolean started;
  private boolean bundled;
  private boolean missedPicture;
  private final PictureRequests pictures = new PictureRequests();

  RelayLeg(Egress egress, RelayListener listener, LegCounters counters, LegIdentity identity) {
    this.egress = egress;
    this.listener = listener;
    this.counters = counters;
    this.identity = identity;
    outbound = new OutboundStream(identity.ssrc(), identity.random());
    rewriter = identity.rewriter();
    reports = new OwnReports(identity.random(), identity.endPoint());
    silence = new MediaTimeout(identity.silenceNanos());
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
      pictures.forget();
      to.outbound.detach();
      to.missedPicture = inbound.started();
    }
    sink = to;
    payloads = map;
    conversion.follow(map.transcoding(), to);
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
      keySender = new KeySender(identity.pacer(), new OwnPackets(this, outbound, egress, counters));
      if (keyForm != null) {
        keySender.form(keyForm);
      }
    }
    return keySender;
  }

  boolean isVideo() {
    return payloads.isVideo();
  }

  /** Whether the peer wants our packets. */
  boolean receives() {
    return receives;
  }

  /** Whether packets of the peer are to come, whose absence is a fault. */
  boolean isAwaited() {
    return silence.isExpected();
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

  /** Takes what a description says of the peer's packets. */
  void shape(StreamShape described) {
    shape = described;
  }

  /** Whether it shares its peer's transport with other streams. */
  void bundled(boolean shares) {
    bundled = shares;
  }

  /** Takes the directions of a description. */
  void onDescription(RemoteMedia remote, long nowNanos) {
    if (remote.receives() && !receives) {
      missedPicture = true;
      // What was said meanwhile was not sent: it is not to be missed.
      outbound.detach();
    }
    receives = remote.receives();
    silence.expect(remote.sends(), nowNanos);
  }

  /** Passes on a valid, plain RTP packet. */
  void onRtp(byte[] buf, int off, int len, long nowNanos) {
    int header = RtpView.headerLength(buf, off, len);
    int type = RtpView.payloadType(buf, off);
    int clockRate = payloads.clockRate(type);
    boolean repair = payloads.isRepair(type);
    if (repair) {
      counters.repeated();
    } else {
      inbound.onPacket(
          RtpView.ssrc(buf, off),
          RtpView.seq(buf, off),
          RtpView.timestamp(buf, off),
          clockRate,
          nowNanos);
    }
    counters.received(len - header, inbound);
    silence.heard(payloads.announcesSilence(type, len - header), nowNanos);
    if (!started) {
      started = true;
      listener.onStarted();
    }
    if (tap != null) {
      tap.onRtp(buf, off, len, nowNanos);
    }
    RelayLeg to = sink;
    if (keyInput != null && keyInput.takes(buf, off, header, len, nowNanos)) {
      leaveOut(to, buf, off);
      return;
    }
    int outgoing = payloads.outgoing(type);
    if (to == null || !to.receives || to.player != null) {
      conversion.pass(buf, off);
      return;
    }
    if (outgoing < 0) {
      if (!conversion.takes(payloads.transcoding(), to, buf, off, len, nowNanos)) {
        leaveOut(to, buf, off);
      }
      return;
    }
    byte[] ids = payloads.extensions();
    int start =
        ids == null
            ? RtpView.strip(buf, off, header)
            : HeaderExtensions.renumber(buf, off, header, ids);
    int length = off + len - start;
    int payload = len - header;
    int clock = conversion.place(to, buf, start, clockRate);
    if (repair) {
      to.repair(buf, start, length, payload, outgoing, nowNanos);
    } else if (to.send(buf, start, length, payload, outgoing, clock, nowNanos)
        && to.missedPicture) {
      to.missedPicture = false;
      askForPicture();
    }
  }

  /** What is not for the peer was not lost on its way: its number is not to be missed. */
  private void leaveOut(@Nullable RelayLeg to, byte[] buf, int off) {
    if (to != null && !payloads.isVideo()) {
      conversion.pass(buf, off);
      to.outbound.leaveOut(RtpView.ssrc(buf, off), RtpView.seq(buf, off));
    }
  }

  /** Asks the peer for a whole picture: one that missed the beginning sees nothing until then. */
  void askForPicture() {
    int length = payloads.isVideo() ? rewriter.wholePicture(this) : 0;
    if (length > 0) {
      egress.sendRtcp(rewriter.buffer(), 0, length);
    }
  }

  /** Who sees what the peer sends from now on, null for nobody. */
  void tap(@Nullable Tap next) {
    tap = next;
  }

  /** What the peer hears from now on instead of the leg that is joined; null for that leg. */
  void play(@Nullable Player next) {
    if (player != null) {
      identity.pacer().stop(player);
    }
    player = next;
    outbound.detach();
    if (next != null) {
      identity.pacer().start(next);
    }
  }

  /** Sends a packet of a player; false when the peer cannot be reached or does not listen now. */
  boolean sendPlayed(byte[] buf, int len, int type, int clockRate, long nowNanos) {
    return receives && send(buf, 0, len, len - RtpView.HEADER, type, clockRate, nowNanos);
  }

  private boolean send(
      byte[] buf, int off, int len, int payload, int type, int clockRate, long nowNanos) {
    if (keySender != null && keySender.isBusy()) {
      return false;
    }
    boolean key = source != null && source.payloads.isKey(type);
    if (!outbound.place(buf, off, clockRate, key, nowNanos)) {
      return false;
    }
    // A new source of sound is a new talk spurt: the marker lets the receiver adapt its playout.
    boolean video = source != null && source.payloads.isVideo();
    boolean spurt = outbound.isNewSource() && !video;
    RtpView.setPayloadType(buf, off, type, RtpView.marker(buf, off) || spurt);
    outbound.stamp(buf, off);
    if (!egress.sendRtp(buf, off, len)) {
      missedPicture = true;
      return false;
    }
    outbound.sent(payload);
    counters.sent(payload);
    return true;
  }

  private void repair(byte[] buf, int off, int len, int payload, int type, long nowNanos) {
    if (repairs == null) {
      repairs = new RepairStream(outbound, identity);
    }
    if (repairs.write(buf, off, len, payload, type, nowNanos) && egress.sendRtp(buf, off, len)) {
      counters.sent(payload);
    }
  }

  /** Passes on a plain RTCP compound whose lengths were checked. */
  void onRtcp(byte[] buf, int off, int len, long nowNanos) {
    silence.heard(nowNanos);
    monitor.onReceived(buf, off, len, outbound, nowNanos);
    reports.onReceived(buf, off, len, inbound, nowNanos);
    counters.onRtcp(buf, off, len, outbound.ssrc());
    RelayLeg to = sink;
    if (to == null) {
      return;
    }
    int length = rewriter.rewrite(buf, off, len, this, to, nowNanos);
    if (length > 0) {
      to.sendReport(length, to.outbound.sourceSsrc(), nowNanos);
    }
  }

  private void sendReport(int length, int author, long nowNanos) {
    monitor.onSent(rewriter.buffer(), 0, author, nowNanos);
    egress.sendRtcp(rewriter.buffer(), 0, length);
  }

  /** Tells of silence when it is due. */
  void onTick(long nowNanos) {
    monitor.onTick(inbound, nowNanos);
    if (reports.isDue(inbound, outbound, nowNanos)) {
      int length = reports.write(rewriter.buffer(), inbound, outbound, identity.cname(), nowNanos);
      sendReport(length, outbound.ssrc(), nowNanos);
    }
    if (keyInput != null) {
      keyInput.onTick(nowNanos);
    }
    if (sink != null) {
      conversion.expectLoss(sink.path().sentRecentLoss());
    }
    if (pictures.isDue(nowNanos) && payloads.isVideo()) {
      listener.onPictureWanted();
    }
    long silentMillis = silence.dueMillis(nowNanos);
    if (silentMillis >= 0) {
      listener.onSilent(silentMillis);
    }
  }

  /** Whether another leg's peer hears what this one's sends with an SSRC, as it is or encoded. */
  boolean isHeardBy(RelayLeg to, int ssrc) {
    Transcoder encoder = conversion.toward(to);
    return to.outbound.carries(ssrc) || encoder != null && encoder.isFrom(ssrc);
  }

  /** What the outbound stream of another leg is handed for a timestamp of this one's peer. */
  int toSentTimestamp(RelayLeg to, int timestamp) {
    Transcoder encoder = conversion.toward(to);
    return encoder == null ? timestamp : encoder.toOutTimestamp(timestamp);
  }

  OutboundStream outbound() {
    return outbound;
  }

  StreamStats inbound() {
    return inbound;
  }

  PathMonitor monitor() {
    return monitor;
  }

  OwnReports reports() {
    return reports;
  }

  byte[] cname() {
    return identity.cname();
  }

  /** Whether the peer understands this feedback; where it has not said, as its path has it. */
  boolean takes(Feedback feedback) {
    return shape == null
        ? egress.wantsFeedback() && Feedback.BASIC.contains(feedback)
        : shape.feedback().contains(feedback);
  }

  boolean isBundled() {
    return bundled;
  }

  /** How the peer has been asked for whole pictures. */
  PictureRequests pictures() {
    return pictures;
  }

  PathReport path() {
    return monitor.report();
  }

  LegStats stats() {
    return counters.snapshot();
  }
}
