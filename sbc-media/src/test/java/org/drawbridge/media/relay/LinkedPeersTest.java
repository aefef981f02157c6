package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.Feedback;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.rtp.RtcpView;
import org.junit.jupiter.api.Test;

/** Two calls on one media loop that are joined inside: what one sends is handed to the other. */
class LinkedPeersTest {

  private static final Wire NOWHERE = (buf, off, len, to) -> {};
  private static final InetSocketAddress PHONE = address(4000);
  private static final InetSocketAddress OTHER = address(5000);
  private static final InetSocketAddress NEAR = address(6000);
  private static final InetSocketAddress FAR = address(7000);

  private final RelayShared shared =
      new RelayShared(
          Runnable::run, new TestPacer(), new Random(1), 0, 10_000_000_000L, new MediaCounters());
  private final List<byte[]> heard = new ArrayList<>();
  private long now = 1_000_000_000L;

  private final RtpPeer phone = peer(NOWHERE, NOWHERE);
  private final RtpPeer near =
      peer(
          (buf, off, len, to) -> far().onRtpPort(buf, off, len, NEAR, now),
          (buf, off, len, to) -> far().onRtcpPort(buf, off, len, next(NEAR), now));
  private final RtpPeer far =
      peer(
          (buf, off, len, to) -> near.onRtpPort(buf, off, len, FAR, now),
          (buf, off, len, to) -> near.onRtcpPort(buf, off, len, next(FAR), now));
  private final RtpPeer other =
      peer(NOWHERE, (buf, off, len, to) -> heard.add(Arrays.copyOfRange(buf, off, off + len)));

  private RtpPeer far() {
    return far;
  }

  private RtpPeer peer(Wire rtp, Wire rtcp) {
    return new RtpPeer(
        "test",
        new RtpPeer.Wires(rtp, rtcp),
        null,
        (_, _, _, _) -> {},
        new RecordedEvents(new ArrayList<>()),
        shared);
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static InetSocketAddress next(InetSocketAddress rtp) {
    return address(rtp.getPort() + 1);
  }

  private void describe(RtpPeer peer, InetSocketAddress rtp) {
    peer.shape(new StreamShape(null, 0, List.of(), Set.of(), Set.of(Feedback.PLI)));
    peer.apply(
        new RemoteMedia(rtp, null, false, null, null, DtlsRole.NONE, null, true, true, null), now);
  }

  private static byte[] roomy(byte[] packet) {
    return Arrays.copyOf(packet, packet.length + Egress.TAIL_ROOM);
  }

  @Test
  void aRequestForAPictureCrossesBoth() {
    RelayEnd.join(phone, near, PayloadMap.identity(), PayloadMap.identity());
    RelayEnd.join(far, other, PayloadMap.identity(), PayloadMap.identity());
    describe(phone, PHONE);
    describe(near, FAR);
    describe(far, NEAR);
    describe(other, OTHER);
    byte[] picture = Packets.rtp(0, 0xB, 1, 0, 1);
    other.onRtpPort(roomy(picture), 0, picture.length, OTHER, now);

    byte[] request = Packets.feedback(RtcpView.PSFB, 1, 0xA, phone.ids().ssrc());
    phone.onRtcpPort(roomy(request), 0, request.length, next(PHONE), now);

    assertThat(heard).hasSize(1);
    byte[] compound = heard.getFirst();
    assertThat(RtcpView.isCompound(compound, 0, compound.length)).isTrue();
    assertThat(RtcpView.type(compound, compound.length - 12)).isEqualTo(RtcpView.PSFB);
    assertThat(RtcpView.mediaSsrc(compound, compound.length - 12)).isEqualTo(0xB);
  }
}
