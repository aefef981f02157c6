package org.drawbridge.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Somebody on another address who sends well-formed audio, loud and in sequence, to every port he
 * can think of, and waits for what comes back.
 */
final class RtpFlood implements AutoCloseable {

  private static final String FORGER = "127.0.0.66";
  private static final int PAYLOAD_BYTES = 160;
  private static final int HEADER_BYTES = 12;
  private static final int SSRC = 0x0BAD_0BAD;
  private static final long PAUSE_MILLIS = 2;

  private final DatagramChannel channel;
  private final List<SocketAddress> targets;
  private final Thread thread;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private volatile boolean over;

  private RtpFlood(DatagramChannel channel, List<SocketAddress> targets) {
    this.channel = channel;
    this.targets = targets;
    thread = Thread.ofPlatform().name("flood").start(this::run);
  }

  /** Begins to send to that many ports of 127.0.0.1 from the first one on. */
  static RtpFlood start(int firstPort, int ports) {
    InetAddress host = InetAddress.ofLiteral("127.0.0.1");
    try {
      DatagramChannel channel = DatagramChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
      channel.bind(new InetSocketAddress(InetAddress.ofLiteral(FORGER), 0));
      List<SocketAddress> targets =
          IntStream.range(firstPort, firstPort + ports)
              .mapToObj(port -> (SocketAddress) new InetSocketAddress(host, port))
              .toList();
      return new RtpFlood(channel, targets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() {
    ByteBuffer incoming = ByteBuffer.allocate(2048);
    try {
      for (int sequence = 0; !over; sequence++) {
        ByteBuffer packet = packet(sequence);
        for (SocketAddress target : targets) {
          sent.addAndGet(channel.send(packet.rewind(), target) > 0 ? 1 : 0);
        }
        while (channel.receive(incoming.clear()) != null) {
          received.incrementAndGet();
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The loudest square wave of PCMU. */
  private static ByteBuffer packet(int sequence) {
    ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + PAYLOAD_BYTES);
    packet.put((byte) 0x80).put((byte) 0).putShort((short) sequence);
    packet.putInt(sequence * PAYLOAD_BYTES).putInt(SSRC);
    for (int i = 0; i < PAYLOAD_BYTES; i++) {
      packet.put((byte) (i / 8 % 2 == 0 ? 0x80 : 0x00));
    }
    return packet.flip();
  }

  /** How many packets have gone out. */
  long sent() {
    return sent.get();
  }

  /** How many datagrams of any kind have come back: somebody's audio, perhaps. */
  long received() {
    return received.get();
  }

  @Override
  public void close() throws IOException {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}
