package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.net.Packets.payload;
import static org.drawbridge.media.net.Packets.rtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.net.PlaneFixture.Events;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.stun.Stun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A browser whose network has no UDP, on either kind of media loop. */
@ParameterizedClass
@EnumSource(MediaSockets.class)
class IceTcpTest {

  private static final int BROWSER_SSRC = 0xB0;
  private static final int PHONE_SSRC = 0xF0;

  @Parameter MediaSockets sockets = MediaSockets.NIO;

  private final TestBrowser browser = new TestBrowser();
  private final TestSocket phone = new TestSocket();
  private PlaneFixture fixture;
  private RelayTransport webRtc;
  private RelayTransport rtp;
  private TcpAdapter tcp;

  @BeforeEach
  void open() throws Exception {
    openWebRtc();
    for (int i = 0; i < 5 && webRtc.local().streams().isEmpty(); i++) {
      fixture.close(); // another program has the TCP port of this number
      openWebRtc();
    }
    rtp = fixture.openRtp(new Events());
    PayloadMap pcmu = PayloadMap.of(Map.of(0, 0), Map.of());
    fixture.plane.join(webRtc, rtp, pcmu, pcmu);
    fixture.apply(rtp, PlaneFixture.rtpAt(phone.address(), null, null));
    tcp = new TcpAdapter(webRtc.local());
  }

  private void openWebRtc() throws Exception {
    fixture = new PlaneFixture(sockets);
    webRtc = fixture.openWebRtc(new Events());
  }

  @AfterEach
  void closeAll() {
    tcp.close();
    browser.close();
    phone.close();
    fixture.close();
  }

  private void connect(LocalMedia through) throws Exception {
    fixture.apply(webRtc, browser.describe(DtlsRole.SERVER));
    browser.connect(through, Role.CLIENT, fixture.plane.dtlsFingerprint());
  }

  private byte[] carryToPhone(int firstSeq) throws InterruptedException {
    return phone.awaitSending(
        i -> browser.sendRtp(rtp(0, BROWSER_SSRC, firstSeq + i, 160 * i, 7)), Packets::isRtp);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void theListenerHasTheNumberOfTheUdpPort() {
    assertThat(webRtc.local().streams()).isEqualTo(webRtc.local().candidates()).isNotEmpty();
  }

  @Test
  void theHandshakeAndAudioBothWaysGoOverTcp() throws Exception {
    connect(tcp.through(webRtc.local()));
    assertThat(payload(carryToPhone(1))).isEqualTo(payload(rtp(0, BROWSER_SSRC, 1, 0, 7)));
    byte[] back = rtp(0, PHONE_SSRC, 5, 800, 9);
    phone.send(back, rtp.local().rtp());
    assertThat(payload(browser.awaitRtp())).isEqualTo(payload(back));
    assertThat(fixture.plane.counters().get(Kind.TCP_ACCEPTED)).isEqualTo(1);
  }

  @Test
  void whatABrowserIsToldIsTheAddressOfItsConnection() throws Exception {
    LocalMedia through = tcp.through(webRtc.local());
    browser.consume(
        datagram -> {
          if (Bytes.u16(datagram, 0) == Stun.BINDING_SUCCESS) {
            assertThat(Bytes.u16(datagram, 20)).isEqualTo(Stun.XOR_MAPPED_ADDRESS);
            assertThat(Bytes.u16(datagram, 26) ^ 0x2112).isEqualTo(tcp.port());
          }
          browser.queue(datagram);
        });
    assertThat(browser.check(through)).isEqualTo(Stun.BINDING_SUCCESS);
  }

  @Test
  void aBrowserThatLosesItsConnectionGoesOnOverUdp() throws Exception {
    connect(tcp.through(webRtc.local()));
    carryToPhone(1);
    tcp.close();
    assertThat(browser.check(webRtc.local())).isEqualTo(Stun.BINDING_SUCCESS);
    carryToPhone(1000);
    phone.send(rtp(0, PHONE_SSRC, 5, 800, 9), rtp.local().rtp());
    assertThat(browser.awaitRtp()).isNotEmpty();
  }

  @Test
  void closingTheTransportClosesTheConnection() throws Exception {
    connect(tcp.through(webRtc.local()));
    webRtc.close();
    await(() -> !tcp.isOpen());
  }

  @Test
  void oneAddressGetsOnlySoManyConnections() throws Exception {
    InetSocketAddress port = webRtc.local().streams().getFirst();
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < TcpSeats.MOST_OF_SITE; i++) {
      sockets.add(new Socket(port.getAddress(), port.getPort()));
    }
    await(() -> fixture.plane.counters().get(Kind.TCP_LIMITED) == 1);
    for (Socket socket : sockets) {
      socket.close();
    }
    await(() -> isTaken(port));
  }

  /** Whether a new connection is taken, since those before are forgotten. */
  private boolean isTaken(InetSocketAddress port) {
    long before = fixture.plane.counters().get(Kind.TCP_LIMITED);
    try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
      Thread.sleep(20);
      return socket.isConnected() && fixture.plane.counters().get(Kind.TCP_LIMITED) == before;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  @Test
  void whoTalksAnotherProtocolIsCutOff() throws Exception {
    InetSocketAddress port = webRtc.local().streams().getFirst();
    try (Socket stranger = new Socket(port.getAddress(), port.getPort())) {
      stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
      InputStream answer = stranger.getInputStream();
      stranger.setSoTimeout(30_000);
      assertThat(answer.read()).isEqualTo(-1);
    }
    assertThat(fixture.plane.counters().get(Kind.TCP_FAULTS)).isEqualTo(1);
  }
}
