package org.drawbridge.media.libc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SendQueueTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int CAPACITY = 3;

  private final SendQueue queue = new SendQueue(CAPACITY, 64);
  private final UdpSocket first;
  private final UdpSocket second;
  private final DatagramSocket peer;
  private final SocketAddress address;

  SendQueueTest() throws IOException {
    first = UdpSocket.bind(LOOPBACK, 0, 1 << 16, 0);
    second = UdpSocket.bind(LOOPBACK, 0, 1 << 16, 0);
    peer = new DatagramSocket(0, LOOPBACK);
    address = SocketAddress.of((InetSocketAddress) peer.getLocalSocketAddress());
  }

  @BeforeEach
  void waitsNotForEver() throws IOException {
    peer.setSoTimeout(2000);
  }

  @AfterEach
  void close() {
    queue.close();
    first.close();
    second.close();
    peer.close();
  }

  @Test
  void whatSeveralSocketsWereGivenLeavesInOrderAndFromEachItsOwn() throws IOException {
    add(first, "one");
    add(second, "two");
    assertThatNothingCame();
    queue.send();
    assertThat(heard()).isEqualTo("one from " + first.port());
    assertThat(heard()).isEqualTo("two from " + second.port());
    queue.send();
    assertThatNothingCame();
  }

  @Test
  void aFullQueueSendsItself() throws IOException {
    for (String text : new String[] {"a", "b", "c", "d"}) {
      add(first, text);
    }
    assertThat(heard()).startsWith("a ");
    assertThat(heard()).startsWith("b ");
    assertThat(heard()).startsWith("c ");
    assertThatNothingCame();
    queue.send();
    assertThat(heard()).startsWith("d ");
  }

  @Test
  void aConnectedSocketNeedsNoAddressEvenAfterOneThatDid() throws IOException {
    add(first, "named");
    queue.send();
    assertThat(heard()).startsWith("named ");
    try (UdpSocket connected = second.twin(address)) {
      byte[] text = "_short_".getBytes(US_ASCII);
      queue.add(connected, text, 1, 5);
      queue.send();
      assertThat(heard()).isEqualTo("short from " + second.port());
    }
  }

  @Test
  void oneThatCannotBeSentDoesNotHoldUpTheNext() throws IOException {
    byte[] text = "lost".getBytes(US_ASCII);
    queue.add(first, text, 0, text.length); // it is connected to nobody
    add(second, "kept");
    queue.send();
    assertThat(heard()).isEqualTo("kept from " + second.port());
  }

  private void add(UdpSocket socket, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    queue.add(socket, bytes, 0, bytes.length, address);
  }

  private String heard() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[64], 64);
    peer.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), US_ASCII)
        + " from "
        + packet.getPort();
  }

  private void assertThatNothingCame() throws IOException {
    peer.setSoTimeout(50);
    assertThatThrownBy(this::heard).isInstanceOf(SocketTimeoutException.class);
    peer.setSoTimeout(2000);
  }
}
