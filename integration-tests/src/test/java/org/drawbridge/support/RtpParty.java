package org.drawbridge.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.media.audio.G711;

/** A UDP socket that sends PCMU as a phone does, and hears the PCMU it gets. */
public final class RtpParty implements Listener, AutoCloseable {

  private static final int PACKET_MILLIS = 20;
  private static final int PAYLOAD_BYTES = 160;
  private static final int HEADER_BYTES = 12;
  private static final int RATE = 8000;
  private static final Pattern CONNECTION = Pattern.compile("c=IN IP[46] (\\S+)");
  private static final Pattern AUDIO = Pattern.compile("m=audio (\\d+) ");

  private final DatagramSocket socket;
  private final AtomicInteger received = new AtomicInteger();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final Thread reader;
  private int sequence;

  private RtpParty(DatagramSocket socket) {
    this.socket = socket;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Opens one on a loopback address, IPv4 or IPv6. */
  public static RtpParty open(String address) {
    try {
      return new RtpParty(
          new DatagramSocket(
              new InetSocketAddress(InetAddress.ofLiteral(address), FreePorts.block(2))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its port. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Where a session description wants audio. */
  public static InetSocketAddress audioOf(String sdp) {
    Matcher connection = CONNECTION.matcher(sdp);
    Matcher audio = AUDIO.matcher(sdp);
    if (!connection.find() || !audio.find()) {
      throw new AssertionError("no audio in\n" + sdp);
    }
    return new InetSocketAddress(
        InetAddress.ofLiteral(connection.group(1)), Integer.parseInt(audio.group(1)));
  }

  /** Sends one packet every 20 ms. */
  public void send(InetSocketAddress to, int packets) {
    for (int i = 0; i < packets; i++) {
      byte[] packet = packet();
      try {
        socket.send(new DatagramPacket(packet, packet.length, to));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Await.pause(Duration.ofMillis(PACKET_MILLIS));
    }
  }

  /** Sends PCMU in packets of 20 ms. */
  public void sendAudio(InetSocketAddress to, byte[] pcmu) throws IOException {
    for (int at = 0; at + PAYLOAD_BYTES <= pcmu.length; at += PAYLOAD_BYTES) {
      byte[] packet = packet();
      System.arraycopy(pcmu, at, packet, HEADER_BYTES, PAYLOAD_BYTES);
      socket.send(new DatagramPacket(packet, packet.length, to));
      Await.pause(Duration.ofMillis(PACKET_MILLIS));
    }
  }

  private byte[] packet() {
    ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + PAYLOAD_BYTES);
    packet.put((byte) 0x80).put((byte) 0).putShort((short) ++sequence);
    packet.putInt(sequence * PAYLOAD_BYTES).putInt(port());
    return packet.array();
  }

  /** How many RTP packets have come. */
  public int received() {
    return received.get();
  }

  /** What it hears from now on; packets of other payload types than PCMU are none. */
  @Override
  public Heard hears(Duration window) {
    synchronized (heard) {
      heard.reset();
    }
    Await.pause(window);
    byte[] pcmu;
    synchronized (heard) {
      pcmu = heard.toByteArray();
    }
    if (pcmu.length < RATE * window.toMillis() / 2000) {
      return Heard.NOTHING;
    }
    short[] samples = new short[pcmu.length];
    for (int i = 0; i < pcmu.length; i++) {
      samples[i] = G711.MU_LAW.decode(pcmu[i]);
    }
    return ToneMeter.measure(samples, RATE);
  }

  private void read() {
    byte[] buffer = new byte[2_048];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException _) {
        return; // closed
      }
      if (packet.getLength() == HEADER_BYTES + PAYLOAD_BYTES
          && buffer[0] == (byte) 0x80
          && (buffer[1] & 0x7F) == 0) {
        received.incrementAndGet();
        synchronized (heard) {
          heard.write(buffer, HEADER_BYTES, PAYLOAD_BYTES);
        }
      }
    }
  }

  @Override
  public void close() {
    socket.close();
    try {
      reader.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
