package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DatagramPipe;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpReceiver;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.srtp.SrtpSender;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.junit.jupiter.api.Test;

/**
 * ICE, DTLS and the first media of a browser on networks that lose, delay, repeat and reorder, with
 * a stranger who sends all of that too; on a virtual clock, from seeds. The flights of DTLS are
 * numbers here: {@code UnsteadyNetworkTest} has real ones.
 */
final class EstablishmentSimulationTest {

  private static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "AA:BB");

  private static final int SEEDS = 500;
  private static final long MILLI = 1_000_000L;
  private static final int MOST_LOSS = 30;
  private static final int STEPS = 600;
  private static final int HANDSHAKE = 22;
  private static final InetSocketAddress BROWSER = address(1, 5000);
  private static final InetSocketAddress STRANGER = address(9, 9000);
  private static final InetSocketAddress GATEWAY = address(2, 1);
  private static final IceCredentials OURS = new IceCredentials("ours", "our-password-of-22-chars");
  private static final IceCredentials THEIRS = new IceCredentials("peer", "not-needed-by-lite-ice");

  private record Flight(
      long at, int order, InetSocketAddress from, InetSocketAddress to, byte[] bytes)
      implements Comparable<Flight> {
    @Override
    public int compareTo(Flight other) {
      return at != other.at ? Long.compare(at, other.at) : Integer.compare(order, other.order);
    }
  }

  private static InetSocketAddress address(int host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + host), port);
  }

  @Test
  void mediaFlowsWhateverTheNetworkDoes() {
    for (int seed = 0; seed < SEEDS; seed++) {
      try {
        new Run(seed).play();
      } catch (AssertionError | IOException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** A browser that calls the echo. */
  private static final class Run {

    private final Random random;
    private final int loss;
    private final PriorityQueue<Flight> network = new PriorityQueue<>();
    private final List<String> events = new ArrayList<>();
    private final SrtpKeys keys;
    private final SrtpSender voice;
    private final SrtpReceiver ear;
    private final WebRtcPeer peer;
    private int order;
    private long now = 1_000 * MILLI;
    private int handshakes;
    private DatagramPipe pipe = new DatagramPipe(_ -> {});
    private Consumer<DtlsResult> done = _ -> {};
    private boolean keyed;
    private boolean checked;
    private int clientFlight = 1;
    private int heard;

    Run(int seed) {
      random = new Random(seed);
      loss = random.nextInt(MOST_LOSS);
      SrtpProfile[] all = SrtpProfile.values();
      keys = SrtpFixture.keys(all[seed % all.length], seed);
      voice = new SrtpSender(keys);
      ear = new SrtpReceiver(keys);
      RelayShared shared =
          new RelayShared(
              Runnable::run,
              new TestPacer(),
              new Random(seed),
              0,
              60_000 * MILLI,
              new MediaCounters());
      RelayListener listener = new RecordedEvents(events);
      peer = new WebRtcPeer("sim", this::fromGateway, OURS, this::startHandshake, listener, shared);
      RelayEnd.join(peer, peer, PayloadMap.identity(), PayloadMap.identity());
    }

    private void startHandshake(
        Role role, Fingerprint expected, DatagramPipe own, Consumer<DtlsResult> told) {
      assertThat(role).isEqualTo(Role.SERVER);
      handshakes++;
      pipe = own;
      done = told;
    }

    void play() throws IOException {
      int described = random.nextInt(30);
      for (int step = 0; step < STEPS; step++) {
        if (step == described) {
          peer.apply(
              new RemoteMedia(
                  null, null, true, THEIRS, FINGERPRINT, DtlsRole.SERVER, null, true, true, null),
              now);
        }
        browser(step);
        stranger(step);
        now += 20 * MILLI;
        arrive();
        peer.onTick(now);
      }
      assertThat(events).containsExactly("started");
      assertThat(handshakes).isEqualTo(1);
      assertThat(heard).isGreaterThan(STEPS / 4);
    }

    /** What the browser does on its own in these 20 ms; it repeats what is not answered. */
    private void browser(int step) {
      if (checked ? step % 100 == 0 : step % 3 == 0) {
        send(BROWSER, GATEWAY, check("ours:peer", OURS.password()));
      }
      if (checked && clientFlight <= 2 && step % 6 == 0) {
        send(BROWSER, GATEWAY, flight(clientFlight));
      }
      if (clientFlight > 2) {
        send(BROWSER, GATEWAY, media(voice, step));
      }
    }

    /** Forged checks, flights and media. */
    private void stranger(int step) {
      if (step % 7 == 0) {
        send(STRANGER, GATEWAY, check("ours:peer", "a-password-that-is-not-ours"));
        send(STRANGER, GATEWAY, flight(2));
        send(STRANGER, GATEWAY, media(new SrtpSender(SrtpFixture.keys(keys.profile(), -1)), step));
      }
    }

    private static byte[] check(String name, String password) {
      StunWriter writer = new StunWriter().begin(Stun.BINDING_REQUEST, new byte[12]);
      writer
          .attribute(Stun.USERNAME, name.getBytes(StandardCharsets.US_ASCII))
          .attribute(Stun.USE_CANDIDATE, new byte[0])
          .integrity(new MessageIntegrity(password))
          .fingerprint();
      return Arrays.copyOf(writer.buffer(), writer.length());
    }

    private static byte[] flight(int number) {
      return new byte[] {HANDSHAKE, (byte) number};
    }

    private static byte[] media(SrtpSender sender, int number) {
      byte[] plain = Packets.rtp(0, 77, 65_000 + number & 0xFFFF, 160 * number, number & 0x7F);
      byte[] buf = Arrays.copyOf(plain, plain.length + SrtpSender.MAX_OVERHEAD);
      assertThat(sender.protectRtp(buf, 0, plain.length)).isEqualTo(SrtpResult.OK);
      return Arrays.copyOf(buf, sender.length());
    }

    private void send(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
      int copies = random.nextInt(100) < loss ? 0 : random.nextInt(20) == 0 ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        long delay = random.nextInt(10) == 0 ? random.nextInt(150) : random.nextInt(20);
        network.add(new Flight(now + delay * MILLI, order++, from, to, bytes));
      }
    }

    private void arrive() throws IOException {
      while (!network.isEmpty() && network.peek().at() <= now) {
        Flight flight = network.poll();
        if (flight.to().equals(GATEWAY)) {
          atGateway(flight.bytes(), flight.from());
        } else {
          assertThat(flight.to()).isEqualTo(BROWSER);
          atBrowser(flight.bytes());
        }
      }
    }

    private void atGateway(byte[] bytes, InetSocketAddress from) throws IOException {
      byte[] buf = Arrays.copyOf(bytes, bytes.length + 64);
      switch (PacketKind.of(bytes[0])) {
        case STUN -> {
          StunView view = new StunView();
          assertThat(view.wrap(buf, 0, bytes.length)).isTrue();
          peer.onStun(view, from, now, new StunWriter());
        }
        case DTLS -> {
          peer.onDtls(buf, 0, bytes.length, from, now);
          handshake(from);
        }
        default -> peer.onMedia(buf, 0, bytes.length, from, now);
      }
    }

    /** Our side of the handshake: each flight is answered, the second is the last. */
    private void handshake(InetSocketAddress from) throws IOException {
      byte[] read = new byte[16];
      if (handshakes == 0 || !from.equals(BROWSER)) {
        return;
      }
      while (pipe.receive(read, 0, read.length, 1) > 0) {
        pipe.send(flight(10 + read[1]));
        if (read[1] == 2 && !keyed) {
          keyed = true;
          done.accept(new DtlsResult.Established(SrtpFixture.otherSide(keys)));
        }
      }
    }

    private void fromGateway(byte[] buf, int off, int len, InetSocketAddress to) {
      // Refusals of forged checks go where those came from.
      if (to.equals(STRANGER)) {
        assertThat(PacketKind.of(buf[off])).isEqualTo(PacketKind.STUN);
      } else {
        send(GATEWAY, to, Arrays.copyOfRange(buf, off, off + len));
      }
    }

    private void atBrowser(byte[] bytes) {
      switch (PacketKind.of(bytes[0])) {
        case STUN -> checked = true;
        case DTLS -> clientFlight = Math.max(clientFlight, bytes[1] - 10 + 1);
        default -> {
          if (!RtcpView.isRtcp(bytes, 0, bytes.length)) {
            hear(bytes);
          }
        }
      }
    }

    private void hear(byte[] bytes) {
      SrtpResult result = ear.unprotectRtp(bytes.clone(), 0, bytes.length);
      assertThat(result).isIn(SrtpResult.OK, SrtpResult.REPLAYED);
      heard += result == SrtpResult.OK ? 1 : 0;
    }
  }
}
