package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.dtls.DtlsCertificate;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.plane.SdesKeys;
import org.jspecify.annotations.Nullable;

/** A media plane on loopback, with what tests ask of it. */
final class PlaneFixture implements AutoCloseable {

  /**
   * Each fixture has ports of its own, so that one's resting ports are not another's; they lie
   * below those that the system gives to sockets that ask for any, and away from those of another
   * run of these tests.
   */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(10_500 + (int) (ProcessHandle.current().pid() % 5) * 1_800);

  private static final int PORTS = 20;

  static final long AFFINITY = 7;

  final UdpMediaPlane plane;

  PlaneFixture(MediaSockets sockets) throws MediaUnavailableException {
    this(sockets, 60_000);
  }

  PlaneFixture(MediaSockets sockets, long silenceMillis) throws MediaUnavailableException {
    int port = freePorts();
    plane =
        UdpMediaPlane.open(
            new PlaneSettings(
                TestSocket.LOOPBACK,
                null,
                peer -> false,
                port,
                port + PORTS - 1,
                0,
                2,
                silenceMillis,
                0,
                Set.of()),
            sockets,
            DtlsCertificate.generate(new SecureRandom(), Instant.now()));
  }

  /** The first of a row that no other program on this machine has. */
  private static int freePorts() {
    while (true) {
      int first = NEXT_PORT.getAndAdd(PORTS);
      if (IntStream.range(first, first + PORTS).allMatch(PlaneFixture::isFree)) {
        return first;
      }
    }
  }

  private static boolean isFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(port, TestSocket.LOOPBACK)) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  RelayTransport openRtp(RelayListener listener) throws Exception {
    return settled(plane.openRtp(AFFINITY, TestSocket.LOOPBACK, listener));
  }

  RelayTransport openWebRtc(RelayListener listener) throws Exception {
    return settled(plane.openWebRtc(AFFINITY, TestSocket.LOOPBACK, listener));
  }

  /** Tells a transport of its peer; what the peer sends next finds that done. */
  void apply(RelayTransport transport, RemoteMedia remote) throws InterruptedException {
    transport.apply(remote);
    settle(transport);
  }

  private RelayTransport settled(RelayTransport transport) throws InterruptedException {
    settle(transport);
    return transport;
  }

  static RemoteMedia rtpAt(InetSocketAddress rtp, @Nullable InetSocketAddress rtcp) {
    return rtpAt(rtp, rtcp, null);
  }

  static RemoteMedia rtpAt(
      InetSocketAddress rtp, @Nullable InetSocketAddress rtcp, @Nullable SdesKeys sdes) {
    return new RemoteMedia(
        rtp, rtcp, rtcp == null, null, null, DtlsRole.NONE, sdes, true, true, null);
  }

  /** Waits until what was posted to the loop so far has been done. */
  void settle(RelayTransport transport) throws InterruptedException {
    LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
    ((LoopTransport) transport).loop().execute(() -> done.add("done"));
    assertThat(done.poll(30, TimeUnit.SECONDS)).isNotNull();
  }

  @Override
  public void close() {
    plane.close();
  }

  /** Keeps what a transport told. */
  static final class Events implements RelayListener {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Override
    public void onStarted() {
      events.add("started");
    }

    @Override
    public void onFailed(String reason) {
      events.add("failed: " + reason);
    }

    @Override
    public void onSilent(long silentMillis) {
      events.add("silent");
    }

    String await() throws InterruptedException {
      String event = events.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("an event within 30 s").isNotNull();
      return event;
    }

    /** The next event, null when there is none within so many milliseconds. */
    @Nullable String within(int millis) throws InterruptedException {
      return events.poll(millis, TimeUnit.MILLISECONDS);
    }

    boolean isEmpty() {
      return events.isEmpty();
    }
  }
}
