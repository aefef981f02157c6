package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.drawbridge.media.net.Packets.rtp;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.dtls.DtlsCertificate;
import org.drawbridge.media.net.PlaneFixture.Events;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the plane promises beyond packets: ports, addresses, silence. */
@ParameterizedClass(name = "{0}")
@EnumSource(MediaSockets.class)
class PlaneTest {

  @Parameter MediaSockets sockets = MediaSockets.NIO;

  @Test
  void aSharedPortThatAnotherProgramHasComesWithAdvice() throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, TestSocket.LOOPBACK)) {
      PlaneSettings settings =
          new PlaneSettings(
              TestSocket.LOOPBACK,
              null,
              peer -> false,
              20_000,
              20_009,
              other.getLocalPort(),
              1,
              60_000,
              0,
              Set.of());
      DtlsCertificate certificate = DtlsCertificate.generate(new SecureRandom(), Instant.now());
      assertThatThrownBy(() -> UdpMediaPlane.open(settings, sockets, certificate))
          .isInstanceOf(MediaUnavailableException.class)
          .hasMessageContaining("UDP port " + other.getLocalPort())
          .hasMessageContaining("another Drawbridge")
          .hasMessageContaining("webrtc-port");
    }
  }

  @Test
  void portsAreEvenAndNeighbouringAndRunOutWithAClearReason() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets)) {
      List<RelayTransport> open = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        open.add(fixture.openRtp(new Events()));
      }
      for (RelayTransport transport : open) {
        int port = transport.local().rtp().getPort();
        assertThat(port % 2).isZero();
        assertThat(transport.local().rtcp().getPort()).isEqualTo(port + 1);
      }
      assertThatThrownBy(() -> fixture.openRtp(new Events()))
          .isInstanceOf(MediaUnavailableException.class)
          .hasMessageContaining("no free RTP port")
          .hasMessageContaining("rtp-ports");
      open.getFirst().close();
      fixture.settle(open.getFirst());
      assertThat(fixture.openRtp(new Events()).local().rtp())
          .isEqualTo(open.getFirst().local().rtp());
    }
  }

  @Test
  void twoPhonesTalkThroughIt() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket first = new TestSocket();
        TestSocket second = new TestSocket()) {
      RelayTransport a = fixture.openRtp(new Events());
      RelayTransport b = fixture.openRtp(new Events());
      fixture.plane.join(a, b, PayloadMap.identity(), PayloadMap.identity());
      fixture.apply(a, PlaneFixture.rtpAt(first.address(), null, null));
      fixture.apply(b, PlaneFixture.rtpAt(second.address(), null, null));
      fixture.settle(b);
      first.send(rtp(0, 1, 1, 0, 3), a.local().rtp());
      assertThat(Packets.payload(second.await(Packets::isRtp))[0]).isEqualTo((byte) 3);
      second.send(rtp(0, 2, 1, 0, 4), b.local().rtp());
      assertThat(Packets.payload(first.await(Packets::isRtp))[0]).isEqualTo((byte) 4);
    }
  }

  @Test
  void silenceOfAPeerThatShouldSendIsTold() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets, 200);
        TestSocket phone = new TestSocket()) {
      Events events = new Events();
      RelayTransport transport = fixture.openRtp(events);
      fixture.apply(transport, PlaneFixture.rtpAt(phone.address(), null, null));
      assertThat(events.await()).isEqualTo("silent");
    }
  }

  @Test
  void transportsOfDifferentLoopsCannotBeJoined() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets)) {
      RelayTransport a = fixture.plane.openRtp(0, TestSocket.LOOPBACK, new Events());
      RelayTransport b = fixture.plane.openRtp(1, TestSocket.LOOPBACK, new Events());
      assertThatThrownBy(
              () -> fixture.plane.join(a, b, PayloadMap.identity(), PayloadMap.identity()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void peersAreToldTheAddressThatIsConfiguredOrElseTheOneRoutedFrom() throws Exception {
    InetAddress any = InetAddress.getByName("0.0.0.0");
    InetAddress advertised = InetAddress.getByName("203.0.113.7");
    PlaneSettings automatic = settings(any, null, peer -> false);
    PlaneSettings configured = settings(any, advertised, peer -> false);
    PlaneSettings inside = settings(any, advertised, InetAddress::isLoopbackAddress);
    assertThat(new LocalAddresses(automatic).toward(TestSocket.LOOPBACK))
        .isEqualTo(TestSocket.LOOPBACK);
    assertThat(new LocalAddresses(automatic).candidates(TestSocket.LOOPBACK))
        .startsWith(TestSocket.LOOPBACK)
        .doesNotHaveDuplicates();
    assertThat(new LocalAddresses(configured).candidates(TestSocket.LOOPBACK))
        .containsExactly(advertised);
    assertThat(new LocalAddresses(inside).candidates(TestSocket.LOOPBACK))
        .containsExactly(TestSocket.LOOPBACK);
    assertThat(new LocalAddresses(inside).toward(InetAddress.getByName("192.0.2.1")))
        .isEqualTo(advertised);
  }

  @Test
  void whoeverHasMovedIsToldTheAddressThatItReachesFromThere() throws Exception {
    InetAddress advertised = InetAddress.getByName("203.0.113.7");
    InetAddress outside = InetAddress.getByName("192.0.2.1");
    PlaneSettings settings =
        settings(InetAddress.getByName("0.0.0.0"), advertised, InetAddress::isLoopbackAddress);
    DtlsCertificate certificate = DtlsCertificate.generate(new SecureRandom(), Instant.now());
    try (UdpMediaPlane plane = UdpMediaPlane.open(settings, sockets, certificate)) {
      RelayTransport phone = plane.openRtp(1, TestSocket.LOOPBACK, new Events());
      RelayTransport browser = plane.openWebRtc(1, TestSocket.LOOPBACK, new Events());
      LocalMedia inside = browser.local();
      assertThat(phone.local().rtp()).isEqualTo(new InetSocketAddress("127.0.0.1", 32_000));
      phone.moved(outside);
      browser.moved(outside);
      assertThat(phone.local().rtp()).isEqualTo(new InetSocketAddress(advertised, 32_000));
      assertThat(phone.local().rtcp()).isEqualTo(new InetSocketAddress(advertised, 32_001));
      assertThat(browser.local().candidates())
          .containsExactly(new InetSocketAddress(advertised, inside.rtp().getPort()));
      assertThat(browser.local().ice()).isEqualTo(inside.ice());
    }
  }

  /** PJSIP with IPv6 signals over that and describes IPv4; with ICE the other way round. */
  @Test
  void whoeverDescribesTheOtherFamilyIsToldOurAddressOfThatFamily() throws Exception {
    InetAddress six = InetAddress.getByName("::1");
    assertThat(toldTo("::", six, TestSocket.LOOPBACK)).isEqualTo(TestSocket.LOOPBACK);
    assertThat(toldTo("::", TestSocket.LOOPBACK, six)).isEqualTo(six);
    assertThat(toldTo("::", six, six)).isEqualTo(six);
    assertThat(toldTo("0.0.0.0", TestSocket.LOOPBACK, six)).isEqualTo(TestSocket.LOOPBACK);
  }

  private InetAddress toldTo(String bind, InetAddress signals, InetAddress describes)
      throws Exception {
    PlaneSettings settings = settings(InetAddress.getByName(bind), null, peer -> false);
    DtlsCertificate certificate = DtlsCertificate.generate(new SecureRandom(), Instant.now());
    try (UdpMediaPlane plane = UdpMediaPlane.open(settings, sockets, certificate)) {
      RelayTransport phone = plane.openRtp(1, signals, new Events());
      phone.apply(PlaneFixture.rtpAt(new InetSocketAddress(describes, 4000), null));
      assertThat(phone.local().rtcp().getAddress()).isEqualTo(phone.local().rtp().getAddress());
      InetAddress told = phone.local().rtp().getAddress();
      phone.moved(signals);
      assertThat(phone.local().rtp().getAddress()).as("after its ACK").isEqualTo(told);
      return told;
    }
  }

  private static PlaneSettings settings(
      InetAddress bind, @Nullable InetAddress advertise, Predicate<InetAddress> isLocal) {
    return new PlaneSettings(bind, advertise, isLocal, 32_000, 32_001, 0, 1, 1000, 0, Set.of());
  }
}
