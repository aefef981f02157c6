package org.drawbridge.unruly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.support.Await;

/**
 * Sends up to 1.2 s of G.711 to where the other side takes audio, with some noise between.
 *
 * @param from where it says that it takes audio itself
 * @param description the other side's session description
 * @param lots its chances
 */
record UnrulyTalker(InetSocketAddress from, String description, Lots lots) implements Runnable {

  private static final Pattern AUDIO = Pattern.compile("m=audio ([1-9][0-9]*)");
  private static final Duration PACKET = Duration.ofMillis(20);
  private static final int HEADER = 12;
  private static final int SAMPLES = 160;
  private static final byte SILENCE = (byte) 0xd5;

  @Override
  public void run() {
    Matcher audio = AUDIO.matcher(description);
    if (!audio.find()) {
      return;
    }
    InetAddress loopback = InetAddress.getLoopbackAddress();
    InetSocketAddress to = new InetSocketAddress(loopback, Integer.parseInt(audio.group(1)));
    try (DatagramSocket socket = open()) {
      for (int number = lots.between(1, 60); number > 0; number--) {
        byte[] packet = lots.happens(0.05) ? lots.bytes(lots.between(1, 200)) : rtp(number);
        socket.send(new DatagramPacket(packet, packet.length, to));
        Await.pause(PACKET);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another port of its address where that one is taken, as of a phone behind a NAT. */
  private DatagramSocket open() throws IOException {
    try {
      return new DatagramSocket(from);
    } catch (BindException _) {
      return new DatagramSocket(new InetSocketAddress(from.getAddress(), 0));
    }
  }

  private static byte[] rtp(int number) {
    ByteBuffer packet = ByteBuffer.allocate(HEADER + SAMPLES);
    Arrays.fill(packet.array(), SILENCE);
    packet.put((byte) 0x80).put((byte) 8).putShort((short) -number).putInt(-number * SAMPLES);
    packet.putInt(4711);
    return packet.array();
  }
}
