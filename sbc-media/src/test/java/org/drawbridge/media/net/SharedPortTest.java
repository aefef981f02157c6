package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.LongConsumer;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.relay.Pacer;
import org.drawbridge.media.relay.RelayShared;
import org.drawbridge.media.relay.WebRtcPeer;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which transport a packet of an address goes to. */
final class SharedPortTest {

  private static final IceCredentials OURS = new IceCredentials("ours", "a-password-of-22-chars");
  private static final byte[] DTLS = {22, 1, 2, 3};

  private final MediaCounters counters = new MediaCounters();
  private UdpPort udp;
  private SharedPort port;

  private static final class NoPace implements Pacer {
    @Override
    public void start(LongConsumer task) {}

    @Override
    public void stop(LongConsumer task) {}
  }

  @BeforeEach
  void open() throws Exception {
    udp = NioUdpPort.bind(InetAddress.getLoopbackAddress(), 0, PortUse.SHARED);
    port = new SharedPort(udp, counters);
    RelayShared shared =
        new RelayShared(Runnable::run, new NoPace(), new Random(1), 0, 1L << 60, counters);
    RelayListener nobody = new PlaneFixture.Events();
    assertThat(
            port.add(
                new WebRtcPeer(
                    "test", port.wire(), OURS, (role, expected, pipe, done) -> {}, nobody, shared)))
        .isNotNull();
  }

  @AfterEach
  void close() {
    udp.close();
  }

  private static InetSocketAddress browser(int number) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1 + number);
  }

  private void check(int number, boolean nominates) {
    StunWriter check = new StunWriter().begin(Stun.BINDING_REQUEST, new byte[12]);
    check.attribute(Stun.USERNAME, "ours:peer".getBytes(StandardCharsets.US_ASCII));
    if (nominates) {
      check.attribute(Stun.USE_CANDIDATE, new byte[0]);
    }
    check.integrity(new MessageIntegrity(OURS.password())).fingerprint();
    port.onDatagram(check.buffer(), 0, check.length(), browser(number), 0);
  }

  private boolean isTakenFrom(int number) {
    long refused = counters.get(Kind.REFUSED_SOURCE);
    port.onDatagram(DTLS, 0, DTLS.length, browser(number), 0);
    return counters.get(Kind.REFUSED_SOURCE) == refused;
  }

  @Test
  void whereThePeerHasNominatedItIsHeardHoweverManyAddressesItChecksFrom() {
    check(0, true);
    for (int i = 1; i < 40; i++) {
      check(i, false);
    }
    assertThat(isTakenFrom(0)).isTrue();
    assertThat(isTakenFrom(1)).as("one of too many").isFalse();
    assertThat(isTakenFrom(39)).isTrue();
  }
}
