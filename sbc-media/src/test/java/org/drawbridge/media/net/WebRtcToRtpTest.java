package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.net.Packets.payload;
import static org.drawbridge.media.net.Packets.rtp;

import java.util.Map;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.net.PlaneFixture.Events;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.stun.Stun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A browser and a phone joined through the whole media plane, on loopback. */
@ParameterizedClass(name = "{0}")
@EnumSource(MediaSockets.class)
class WebRtcToRtpTest {

  @Parameter MediaSockets sockets = MediaSockets.NIO;

  private static final int BROWSER_SSRC = 0xB0;
  private static final int PHONE_SSRC = 0xF0;

  private final Events webRtcEvents = new Events();
  private final Events rtpEvents = new Events();
  private final TestBrowser browser = new TestBrowser();
  private final TestSocket phone = new TestSocket();
  private final TestSocket phoneRtcp = new TestSocket();
  private PlaneFixture fixture;
  private RelayTransport webRtc;
  private RelayTransport rtp;

  @BeforeEach
  void joinBothTransports() throws Exception {
    fixture = new PlaneFixture(sockets);
    webRtc = fixture.openWebRtc(webRtcEvents);
    rtp = fixture.openRtp(rtpEvents);
    fixture.plane.join(
        webRtc,
        rtp,
        PayloadMap.of(Map.of(0, 0, 126, 101), Map.of(126, 8000)),
        PayloadMap.of(Map.of(0, 0, 101, 126), Map.of(101, 8000)));
    fixture.apply(rtp, PlaneFixture.rtpAt(phone.address(), phoneRtcp.address()));
  }

  @AfterEach
  void closeAll() {
    browser.close();
    phone.close();
    phoneRtcp.close();
    fixture.close();
  }

  private void connect(DtlsRole gatewayRole) throws Exception {
    fixture.apply(webRtc, browser.describe(gatewayRole));
    Role browserRole = gatewayRole == DtlsRole.SERVER ? Role.CLIENT : Role.SERVER;
    browser.connect(webRtc.local(), browserRole, fixture.plane.dtlsFingerprint());
  }

  private byte[] carryToPhone(byte[] packet) throws InterruptedException {
    return browser.carry(packet, phone);
  }

  @ParameterizedTest
  @EnumSource(
      value = DtlsRole.class,
      names = {"SERVER", "CLIENT"})
  void audioFlowsBothWaysInEitherDtlsRole(DtlsRole gatewayRole) throws Exception {
    connect(gatewayRole);
    byte[] sent = rtp(0, BROWSER_SSRC, 100, 16_000, 7);
    assertThat(payload(carryToPhone(sent))).isEqualTo(payload(sent));
    assertThat(webRtcEvents.await()).isEqualTo("started");

    byte[] back = rtp(0, PHONE_SSRC, 5, 800, 9);
    phone.send(back, rtp.local().rtp());
    assertThat(payload(browser.awaitRtp())).isEqualTo(payload(back));
    assertThat(rtpEvents.await()).isEqualTo("started");
    fixture.settle(rtp);
    assertThat(rtp.stats().packetsReceived()).isEqualTo(1);
    assertThat(rtp.stats().bytesReceived()).isEqualTo(160);
    assertThat(webRtc.stats().packetsSent()).isEqualTo(1);
  }

  @Test
  void telephoneEventsChangeTheirPayloadTypeAndUnknownTypesAreDropped() throws Exception {
    connect(DtlsRole.SERVER);
    carryToPhone(rtp(0, BROWSER_SSRC, 100, 0, 1));
    phone.send(rtp(96, PHONE_SSRC, 1, 0, 1), rtp.local().rtp());
    phone.send(rtp(101, PHONE_SSRC, 2, 0, 4), rtp.local().rtp());
    assertThat(Packets.payloadType(browser.awaitRtp())).isEqualTo(126);
    fixture.settle(webRtc);
    assertThat(webRtc.stats().packetsSent()).isEqualTo(1);
  }

  @Test
  void reportsAreCarriedBothWaysWithTheSsrcsEachSideKnows() throws Exception {
    connect(DtlsRole.SERVER);
    int towardPhone = Packets.ssrc(carryToPhone(rtp(0, BROWSER_SSRC, 100, 16_000, 7)));
    phone.send(rtp(0, PHONE_SSRC, 5, 800, 9), rtp.local().rtp());
    int towardBrowser = Packets.ssrc(browser.awaitRtp());

    browser.sendRtcp(Packets.senderReport(BROWSER_SSRC, 16_000));
    byte[] report = phoneRtcp.await(found -> RtcpView.type(found, 0) == RtcpView.SR);
    assertThat(TestBrowser.senderOf(report)).isEqualTo(towardPhone);
    assertThat(Bytes.u32(report, 8)).isEqualTo(0x11223344);

    phoneRtcp.send(Packets.receiverReport(PHONE_SSRC, towardPhone, 0), rtp.local().rtcp());
    byte[] block = browser.awaitRtcp(RtcpView.RR);
    assertThat(TestBrowser.senderOf(block)).isEqualTo(towardBrowser);
    assertThat(Bytes.u32(block, 8)).as("source of the block").isEqualTo(BROWSER_SSRC);
  }

  @Test
  void aPeerWithAnotherCertificateThanDescribedFailsTheTransport() throws Exception {
    fixture.apply(webRtc, browser.describe(DtlsRole.SERVER, fixture.plane.dtlsFingerprint()));
    browser.startHandshake(webRtc.local(), Role.CLIENT, fixture.plane.dtlsFingerprint());
    assertThat(webRtcEvents.await())
        .isEqualTo("failed: the DTLS certificate does not have the fingerprint of the description");
  }

  @Test
  void checksUnderWrongCredentialsAreRefusedAndTeachNothing() throws Exception {
    fixture.apply(webRtc, browser.describe(DtlsRole.SERVER));
    fixture.settle(webRtc);
    assertThat(browser.check(webRtc.local(), "brow", "a-password-that-is-wrong"))
        .isEqualTo(Stun.BINDING_ERROR);
    assertThat(browser.check(webRtc.local())).isEqualTo(Stun.BINDING_SUCCESS);
  }

  @Test
  void anIceRestartGetsNewCredentialsAtOnceAndMediaGoesOn() throws Exception {
    connect(DtlsRole.SERVER);
    carryToPhone(rtp(0, BROWSER_SSRC, 100, 16_000, 7));
    LocalMedia before = webRtc.local();
    fixture.apply(
        webRtc,
        new RemoteMedia(
            null,
            null,
            true,
            new IceCredentials("new1", "another-password-of-22c"),
            browser.describe(DtlsRole.SERVER).fingerprint(),
            DtlsRole.SERVER,
            null,
            true,
            true,
            null));
    LocalMedia after = webRtc.local();
    assertThat(after.ice()).isNotEqualTo(before.ice());
    assertThat(after.candidates()).isEqualTo(before.candidates());
    assertThat(browser.check(before, "brow")).isEqualTo(Stun.BINDING_SUCCESS);
    assertThat(browser.check(after, "new1")).isEqualTo(Stun.BINDING_SUCCESS);
    byte[] sent = rtp(0, BROWSER_SSRC, 300, 48_000, 3);
    assertThat(payload(carryToPhone(sent))).isEqualTo(payload(sent));
  }

  @Test
  void aBrowserThatComesBackOnAnotherTransportIsHeard() throws Exception {
    connect(DtlsRole.SERVER);
    carryToPhone(rtp(0, BROWSER_SSRC, 100, 16_000, 7));
    try (TestBrowser back = browser.anew()) {
      fixture.apply(webRtc, back.describe(DtlsRole.SERVER));
      back.connect(webRtc.local(), Role.CLIENT, fixture.plane.dtlsFingerprint());
      byte[] sent = rtp(0, BROWSER_SSRC, 300, 48_000, 3);
      assertThat(payload(back.carry(sent, phone))).isEqualTo(payload(sent));
      phone.send(rtp(0, PHONE_SSRC, 5, 800, 9), rtp.local().rtp());
      assertThat(payload(back.awaitRtp())[0]).isEqualTo((byte) 9);
    }
  }

  @Test
  void aClosedTransportSendsNothingAndTellsNothing() throws Exception {
    connect(DtlsRole.SERVER);
    carryToPhone(rtp(0, BROWSER_SSRC, 100, 16_000, 7));
    webRtc.close();
    webRtc.close();
    fixture.settle(webRtc);
    phone.send(rtp(0, PHONE_SSRC, 5, 800, 9), rtp.local().rtp());
    assertThat(rtpEvents.await()).isEqualTo("started");
    assertThat(webRtc.stats().packetsSent()).isZero();
  }
}
