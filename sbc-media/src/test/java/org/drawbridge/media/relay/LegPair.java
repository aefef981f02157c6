package org.drawbridge.media.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;

/** Two relay legs without sockets or crypto, with a virtual clock and what each side would get. */
final class LegPair {

  static final long SILENCE_NANOS = 10_000_000_000L;

  /** In 2026. */
  static final long WALL_CLOCK = 4_000_000_000L * 1_000_000_000L;

  final Side a;
  final Side b;
  long now = 1_000_000_000L;

  final TestPacer pacer = new TestPacer();

  LegPair(boolean feedback) {
    RtcpRewriter rewriter = new RtcpRewriter(WALL_CLOCK);
    a = new Side(feedback, LegIdentity.random(new Random(1), SILENCE_NANOS, rewriter, pacer));
    b = new Side(feedback, LegIdentity.random(new Random(2), SILENCE_NANOS, rewriter, pacer));
  }

  private LegPair(LegPair first) {
    now = first.now;
    a = new Side(first.a.feedback, first.a.identity.sibling(new Random(3)));
    b = new Side(first.b.feedback, first.b.identity.sibling(new Random(4)));
  }

  /** Another stream between the same peers. */
  LegPair sibling() {
    return new LegPair(this);
  }

  /** Joins both, passing every payload type. */
  LegPair join() {
    RelayLeg.join(a.leg, b.leg, PayloadMap.identity(), PayloadMap.identity());
    a.describe(true, true);
    b.describe(true, true);
    return this;
  }

  /** 20 ms go by. */
  void pass() {
    now += 20_000_000;
    pacer.run(now);
  }

  /** Joins both by maps of payload types. */
  LegPair join(PayloadMap aToB, PayloadMap bToA) {
    RelayLeg.join(a.leg, b.leg, aToB, bToA);
    a.describe(true, true);
    b.describe(true, true);
    return this;
  }

  /** One leg, what it sent and what it told. */
  final class Side implements Egress, RelayListener {

    final RelayLeg leg;
    final List<byte[]> rtp = new ArrayList<>();
    final List<byte[]> rtcp = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    private final LegCounters counters = new LegCounters();
    private final boolean feedback;
    private final LegIdentity identity;

    Side(boolean feedback, LegIdentity identity) {
      this.feedback = feedback;
      this.identity = identity;
      leg = new RelayLeg(this, this, counters, identity);
    }

    void describe(boolean receives, boolean sends) {
      leg.onDescription(
          new RemoteMedia(null, null, true, null, null, DtlsRole.NONE, null, receives, sends, null),
          now);
    }

    void receiveRtp(byte[] packet) {
      byte[] buf = Arrays.copyOf(packet, packet.length + TAIL_ROOM);
      leg.onRtp(buf, 0, packet.length, now);
      pass();
    }

    void receiveRtcp(byte[] packet) {
      leg.onRtcp(packet.clone(), 0, packet.length, now);
    }

    int ssrc() {
      return leg.outbound().ssrc();
    }

    byte[] lastRtp() {
      return rtp.getLast();
    }

    byte[] lastRtcp() {
      return rtcp.getLast();
    }

    @Override
    public boolean sendRtp(byte[] buf, int off, int len) {
      rtp.add(Arrays.copyOfRange(buf, off, off + len));
      return true;
    }

    @Override
    public void sendRtcp(byte[] buf, int off, int len) {
      rtcp.add(Arrays.copyOfRange(buf, off, off + len));
    }

    @Override
    public boolean wantsFeedback() {
      return feedback;
    }

    @Override
    public void onStarted() {
      events.add("started");
    }

    @Override
    public void onFailed(String reason) {
      events.add(reason);
    }

    @Override
    public void onSilent(long silentMillis) {
      events.add("silent " + silentMillis);
    }

    @Override
    public void onKey(char key, int millis) {
      events.add("key " + key + " " + millis);
    }

    @Override
    public void onPictureWanted() {
      events.add("picture");
    }
  }
}
