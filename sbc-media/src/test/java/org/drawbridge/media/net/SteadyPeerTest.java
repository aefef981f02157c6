package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.net.Packets.payload;
import static org.drawbridge.media.net.Packets.rtp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.media.net.PlaneFixture.Events;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A phone that talks on and on, as nearly all do: its path is made short, and stays guarded. */
@ParameterizedClass(name = "{0}")
@EnumSource(MediaSockets.class)
class SteadyPeerTest {

  private static final int SSRC = 0xABCD;

  @Parameter MediaSockets sockets = MediaSockets.NIO;

  private int seq = 10;

  private byte[] echo(TestSocket phone, RelayTransport transport) throws InterruptedException {
    byte[] packet = rtp(0, SSRC, seq, 160 * seq, seq & 0x7F);
    seq++;
    phone.send(packet, transport.local().rtp());
    byte[] heard = phone.await(Packets::isRtp);
    assertThat(payload(heard)).isEqualTo(payload(packet));
    return heard;
  }

  private void echo(TestSocket phone, RelayTransport transport, int count)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      echo(phone, transport);
    }
  }

  @Test
  void whatOthersSendToItsPortIsRefusedAndCounted() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket phone = new TestSocket();
        TestSocket forger = new TestSocket()) {
      RelayTransport transport = talking(fixture, phone);
      for (int i = 0; i < 50; i++) {
        forger.send(rtp(0, SSRC, seq + i, 160 * i, 1), transport.local().rtp());
      }
      echo(phone, transport, 10);
      for (int i = 0; i < 3000 && transport.stats().packetsRefused() < 50; i++) {
        Thread.sleep(10); // they wait in another socket than the phone's
      }
      fixture.settle(transport);
      assertThat(transport.stats().packetsRefused()).isEqualTo(50);
      assertThat(transport.stats().packetsReceived()).isEqualTo(50);
    }
  }

  @Test
  void itMayMoveToAnotherAddressAndBack() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket first = new TestSocket();
        TestSocket second = new TestSocket()) {
      RelayTransport transport = talking(fixture, first);
      fixture.apply(transport, PlaneFixture.rtpAt(second.address(), null, null));
      fixture.settle(transport);
      echo(second, transport, 40);
      fixture.apply(transport, PlaneFixture.rtpAt(first.address(), null, null));
      fixture.settle(transport);
      echo(first, transport, 40);
    }
  }

  @Test
  void itsPortCannotBeTakenByAnotherProgram() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket phone = new TestSocket()) {
      RelayTransport transport = talking(fixture, phone);
      int port = transport.local().rtp().getPort();
      assertThat(bindable(port)).isFalse();
      transport.close();
      fixture.settle(fixture.openRtp(new Events()));
      for (int i = 0; i < 300 && !bindable(port); i++) {
        Thread.sleep(100);
      }
      assertThat(bindable(port)).isTrue();
    }
  }

  private static boolean bindable(int port) {
    try (UdpPort ignored = MediaSockets.best().bind(TestSocket.LOOPBACK, port, PortUse.LEG)) {
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  @Test
  void onLinuxNoObjectIsMadeForItsPackets() throws Exception {
    if (sockets != MediaSockets.LINUX) {
      return;
    }
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket first = new TestSocket();
        TestSocket second = new TestSocket();
        TestSocket third = new TestSocket()) {
      // Of pictures each may send so many at once.
      PayloadMap pictures = PayloadMap.identity().forVideo(Map.of(), Map.of());
      Map<TestSocket, RelayTransport> phones = new LinkedHashMap<>();
      for (TestSocket phone : List.of(first, second, third)) {
        RelayTransport transport = talking(fixture, phone);
        fixture.plane.join(transport, transport, pictures, pictures);
        phones.put(phone, transport);
      }
      echo(phones, 6_700);
      long before = allocatedByMediaThreads();
      echo(phones, 1_700);
      assertThat(allocatedByMediaThreads() - before).isLessThan(5_000 * 8);
    }
  }

  private void echo(Map<TestSocket, RelayTransport> phones, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      for (Map.Entry<TestSocket, RelayTransport> phone : phones.entrySet()) {
        echo(phone.getKey(), phone.getValue());
      }
    }
  }

  private static long allocatedByMediaThreads() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(info -> info != null && info.getThreadName().startsWith("media-"))
        .mapToLong(ThreadInfo::getThreadId)
        .map(threads::getThreadAllocatedBytes)
        .sum();
  }

  private RelayTransport talking(PlaneFixture fixture, TestSocket phone) throws Exception {
    RelayTransport transport = fixture.openRtp(new Events());
    fixture.plane.loopBack(transport);
    fixture.apply(transport, PlaneFixture.rtpAt(phone.address(), null, null));
    fixture.settle(transport);
    echo(phone, transport, 40);
    return transport;
  }
}
