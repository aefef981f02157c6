package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.plane.SdesKeys;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpReceiver;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both legs of calls, encrypted and plain, on networks that lose, delay, repeat and reorder, with a
 * peer that moves and a stranger who sends what looks like media; on a virtual clock, from seeds.
 * Each seed is a call of its own.
 */
final class RelaySimulationTest {

  private static final int SEEDS = 400;
  private static final long MILLI = 1_000_000L;
  private static final int PACKETS = 150;
  private static final int PAYLOAD = 40;

  /** By then each side has been heard; who comes first where nothing is encrypted is believed. */
  private static final int LEARNED = 15;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void noPacketIsForgedMixedUpOrOutOfSequence(int block) {
    for (int seed = block * SEEDS; seed < (block + 1) * SEEDS; seed++) {
      try {
        new Run(seed).play();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private record Flight(long at, int order, InetSocketAddress from, byte[] packet, boolean toSdes)
      implements Comparable<Flight> {
    @Override
    public int compareTo(Flight other) {
      return at != other.at ? Long.compare(at, other.at) : Integer.compare(order, other.order);
    }
  }

  /** One call between a phone with SRTP and one without. */
  private static final class Run {

    private final Random random;
    private final PriorityQueue<Flight> network = new PriorityQueue<>();
    private final SrtpKeys keys;
    private final SrtpSender phone;
    private final SrtpReceiver phoneIn;
    private final RtpPeer sdes;
    private final RtpPeer plain;
    private final TestPacer pacer = new TestPacer();
    private final int loss;
    private final Set<Integer> heardBySdes = new HashSet<>();
    private final Map<Integer, Integer> seqOfPayload = new HashMap<>();
    private int order;
    private int lastSeq = -1;
    private int heardByPlain;
    private long now = 5_000 * MILLI;
    private InetSocketAddress sdesAddress = address(1, 4000);

    Run(int seed) {
      random = new Random(seed);
      SrtpProfile[] all = SrtpProfile.values();
      SrtpProfile profile = all[seed % all.length];
      keys = SrtpFixture.keys(profile, seed);
      phone = new SrtpSender(SrtpFixture.otherSide(keys));
      phoneIn = new SrtpReceiver(SrtpFixture.otherSide(keys));
      loss = random.nextInt(20);
      RelayShared shared =
          new RelayShared(
              Runnable::run, pacer, new Random(seed), 0, 60_000 * MILLI, new MediaCounters());
      RelayListener nobody = new Silent();
      sdes =
          new RtpPeer(
              "sdes",
              new RtpPeer.Wires(this::toSdes, (_, _, _, _) -> {}),
              null,
              (_, _, _, _) -> {},
              nobody,
              shared);
      plain =
          new RtpPeer(
              "plain",
              new RtpPeer.Wires(this::toPlain, (_, _, _, _) -> {}),
              null,
              (_, _, _, _) -> {},
              nobody,
              shared);
      RelayEnd.join(sdes, plain, PayloadMap.identity(), PayloadMap.identity());
      SdesKeys both = new SdesKeys(profile.name(), keys.local(), keys.remote());
      sdes.apply(remote(sdesAddress, both), now);
      plain.apply(remote(address(2, 5000), null), now);
    }

    private static InetSocketAddress address(int host, int port) {
      return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + host), port);
    }

    private static RemoteMedia remote(InetSocketAddress at, @Nullable SdesKeys keys) {
      return new RemoteMedia(at, null, true, null, null, DtlsRole.NONE, keys, true, true, null);
    }

    void play() {
      int start = random.nextInt(0x10000);
      for (int i = 0; i < PACKETS; i++) {
        launch(sdesAddress, protect(media(1, start + i, i)), true);
        launch(address(2, 5000), media(2, start + i, i), false);
        if (i >= LEARNED && random.nextInt(5) == 0) {
          forge(start + i);
        }
        if (i == PACKETS / 2 && random.nextBoolean()) {
          move();
        }
        now += 20 * MILLI;
        arrive();
        sdes.onTick(now);
        plain.onTick(now);
      }
      now += 1_000 * MILLI;
      arrive();
      int fewest = PACKETS * (100 - loss) / 100 / 2;
      assertThat(heardByPlain).as("heard by the plain side").isGreaterThan(fewest);
      assertThat(heardBySdes.size()).as("heard by the other").isGreaterThan(fewest);
      sdes.part();
      assertThat(pacer.isIdle()).isTrue();
    }

    /** Its own network changes, and it says so. */
    private void move() {
      sdesAddress = address(7, 4100);
      SdesKeys both = new SdesKeys(keys.profile().name(), keys.local(), keys.remote());
      sdes.apply(remote(sdesAddress, both), now);
    }

    /** The payload says who sent it and which packet it is. */
    private static byte[] media(int who, int seq, int number) {
      byte[] packet = new byte[RtpView.HEADER + PAYLOAD];
      packet[0] = (byte) 0x80;
      RtpView.setSeq(packet, 0, seq & 0xFFFF);
      RtpView.setTimestamp(packet, 0, number * 160);
      RtpView.setSsrc(packet, 0, 0x1000 + who);
      Arrays.fill(packet, RtpView.HEADER, packet.length, (byte) who);
      Bytes.put16(packet, RtpView.HEADER + 2, number);
      return packet;
    }

    private byte[] protect(byte[] packet) {
      byte[] buf = Arrays.copyOf(packet, packet.length + 64);
      assertThat(phone.protectRtp(buf, 0, packet.length)).isEqualTo(SrtpResult.OK);
      return Arrays.copyOf(buf, phone.length());
    }

    /** A stranger, or somebody at the right address without the key. */
    private void forge(int seq) {
      byte[] forged = media(9, seq, 0);
      launch(address(9, 9000), forged, false);
      launch(random.nextBoolean() ? sdesAddress : address(9, 9000), forged, true);
    }

    private void launch(InetSocketAddress from, byte[] packet, boolean toSdes) {
      if (random.nextInt(100) < loss) {
        return;
      }
      int copies = random.nextInt(20) == 0 ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        long delay = random.nextInt(10) == 0 ? random.nextInt(120) : random.nextInt(15);
        network.add(new Flight(now + delay * MILLI, order++, from, packet, toSdes));
      }
    }

    private void arrive() {
      while (!network.isEmpty() && network.peek().at() <= now) {
        Flight flight = network.poll();
        byte[] buf = Arrays.copyOf(flight.packet(), flight.packet().length + 64);
        (flight.toSdes() ? sdes : plain)
            .onRtpPort(buf, 0, flight.packet().length, flight.from(), flight.at());
      }
    }

    /** Every packet decrypts, once, is of the other side, and keeps its place. */
    private void toSdes(byte[] buf, int off, int len, InetSocketAddress to) {
      byte[] copy = Arrays.copyOfRange(buf, off, off + len + 64);
      if (RtcpView.isRtcp(buf, off, len)) {
        assertThat(phoneIn.unprotectRtcp(copy, 0, len)).isEqualTo(SrtpResult.OK);
        return;
      }
      SrtpResult result = phoneIn.unprotectRtp(copy, 0, len);
      if (result == SrtpResult.REPLAYED) {
        return; // a copy that the network made
      }
      assertThat(result).isEqualTo(SrtpResult.OK);
      assertThat(copy[RtpView.HEADER]).as("who sent it").isEqualTo((byte) 2);
      assertThat(RtpView.ssrc(copy, 0)).isEqualTo(sdes.leg().outbound().ssrc());
      heardBySdes.add(RtpView.seq(copy, 0));
    }

    private void toPlain(byte[] buf, int off, int len, InetSocketAddress to) {
      assertThat(to).isEqualTo(address(2, 5000));
      if (RtcpView.isRtcp(buf, off, len)) {
        assertThat(RtcpView.isCompound(buf, off, len)).isTrue();
        return;
      }
      assertThat(len).isEqualTo(RtpView.HEADER + PAYLOAD);
      assertThat(buf[off + RtpView.HEADER]).as("who sent it").isEqualTo((byte) 1);
      int number = Bytes.u16(buf, off + RtpView.HEADER + 2);
      int seq = RtpView.seq(buf, off);
      int base = seq - number & 0xFFFF;
      assertThat(seqOfPayload.putIfAbsent(0, base)).isIn(null, base);
      assertThat(lastSeq < 0 || Math.abs((short) (seq - lastSeq)) < 100).isTrue();
      lastSeq = seq;
      heardByPlain++;
    }
  }

  private static final class Silent implements RelayListener {
    @Override
    public void onStarted() {}

    @Override
    public void onFailed(String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void onSilent(long silentMillis) {}
  }
}
