package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.stun.RequestLimiter;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The port that browsers share is a STUN server for everybody, and no weapon. */
class StunServerTest {

  private static byte[] request(boolean fingerprint) {
    StunWriter writer = new StunWriter().begin(Stun.BINDING_REQUEST, new byte[12]);
    if (fingerprint) {
      writer.fingerprint();
    }
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  private static InetSocketAddress port(PlaneFixture plane) throws Exception {
    RelayTransport any = plane.openWebRtc(new PlaneFixture.Events());
    return any.local().candidates().getFirst();
  }

  @ParameterizedTest
  @EnumSource(MediaSockets.class)
  void aPlainRequestLearnsItsAddress(MediaSockets sockets) throws Exception {
    try (PlaneFixture plane = new PlaneFixture(sockets);
        TestSocket client = new TestSocket()) {
      client.send(request(true), port(plane));
      byte[] response = client.await();
      StunView view = new StunView();
      assertThat(view.wrap(response, 0, response.length)).isTrue();
      assertThat(view.type()).isEqualTo(Stun.BINDING_SUCCESS);
      assertThat(view.hasValidFingerprint()).isTrue();
      assertThat(Bytes.u16(response, 20)).isEqualTo(Stun.XOR_MAPPED_ADDRESS);
      assertThat(Bytes.u16(response, 26) ^ 0x2112).isEqualTo(client.address().getPort());
      assertThat(Bytes.u32(response, 28) ^ Stun.MAGIC_COOKIE).isEqualTo(0x7F00_0001);
    }
  }

  @Test
  void aFloodIsLargelyLeftUnanswered() throws Exception {
    try (PlaneFixture plane = new PlaneFixture(MediaSockets.best());
        TestSocket client = new TestSocket()) {
      InetSocketAddress port = port(plane);
      long begun = System.nanoTime();
      int requests = 20 * RequestLimiter.PER_SECOND;
      for (int i = 0; i < requests; i++) {
        client.send(request(false), port);
      }
      byte[] response = client.await();
      assertThat(response.length).as("at most 12 bytes more than asked").isEqualTo(32);
      client.awaitSending(
          i -> client.send(request(false), port),
          d -> plane.plane.counters().get(Kind.STUN_LIMITED) > requests / 2);
      long seconds = 2 + (System.nanoTime() - begun) / 1_000_000_000L;
      assertThat(plane.plane.counters().get(Kind.STUN_ANSWERED))
          .isLessThanOrEqualTo(seconds * RequestLimiter.PER_SECOND);
    }
  }
}
