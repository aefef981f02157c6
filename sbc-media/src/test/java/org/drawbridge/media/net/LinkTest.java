package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.media.net.PlaneFixture.Events;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayTransport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two calls joined inside the process: phone, call, link, call, phone. */
final class LinkTest {

  /** The second call lives on the loop of the first, or on the other one. */
  @ParameterizedTest
  @ValueSource(longs = {2, 3})
  void packetsCrossFromOneCallToTheOtherAndBack(long affinity) throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(MediaSockets.best());
        TestSocket first = new TestSocket();
        TestSocket second = new TestSocket()) {
      UdpMediaPlane plane = fixture.plane;
      RelayTransport a = plane.openRtp(2, TestSocket.LOOPBACK, new Events());
      RelayTransport near = plane.openLink(2, new Events());
      RelayTransport far = plane.openLink(affinity, new Events());
      RelayTransport b = plane.openRtp(affinity, TestSocket.LOOPBACK, new Events());
      plane.join(a, near, PayloadMap.identity(), PayloadMap.identity());
      plane.join(far, b, PayloadMap.identity(), PayloadMap.identity());
      fixture.apply(near, PlaneFixture.rtpAt(far.local().rtp(), far.local().rtcp()));
      fixture.apply(far, PlaneFixture.rtpAt(near.local().rtp(), near.local().rtcp()));
      fixture.apply(a, PlaneFixture.rtpAt(first.address(), null, null));
      fixture.apply(b, PlaneFixture.rtpAt(second.address(), null, null));
      fixture.settle(far);
      fixture.settle(b);

      byte[] there =
          second.awaitSending(
              i -> first.send(Packets.rtp(0, 1, i + 1, 160 * i, 3), a.local().rtp()),
              Packets::isRtp);
      byte[] back =
          first.awaitSending(
              i -> second.send(Packets.rtp(0, 2, i + 1, 160 * i, 4), b.local().rtp()),
              Packets::isRtp);

      assertThat(Packets.payload(there)[0]).isEqualTo((byte) 3);
      assertThat(Packets.payload(back)[0]).isEqualTo((byte) 4);
    }
  }
}
