package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.net.Packets.payload;
import static org.drawbridge.media.net.Packets.rtp;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.net.PlaneFixture.Events;
import org.drawbridge.media.plane.Feedback;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A browser's audio and video on one transport, a phone's on two pairs of ports. */
@ParameterizedClass
@EnumSource(MediaSockets.class)
class BundleTest {

  private static final int VP8 = 96;
  private static final int SOUND_SSRC = 0xB0;
  private static final int PICTURE_SSRC = 0xB1;
  private static final int PHONE_SSRC = 0xF1;

  @Parameter MediaSockets sockets = MediaSockets.NIO;

  private final TestBrowser browser = new TestBrowser();
  private final TestSocket sound = new TestSocket();
  private final TestSocket picture = new TestSocket();
  private final TestSocket pictureRtcp = new TestSocket();
  private PlaneFixture fixture;
  private RelayTransport webRtc;
  private RelayTransport bundled;
  private RelayTransport phonePicture;

  @BeforeEach
  void joinBoth() throws Exception {
    fixture = new PlaneFixture(sockets);
    webRtc = fixture.openWebRtc(new Events());
    bundled = webRtc.bundled(new Events());
    RelayTransport phoneSound = fixture.openRtp(new Events());
    phonePicture = fixture.openRtp(new Events());
    PayloadMap video = PayloadMap.of(Map.of(VP8, VP8)).forVideo(Map.of(), Map.of());
    fixture.plane.join(webRtc, phoneSound, PayloadMap.identity(), PayloadMap.identity());
    fixture.plane.join(bundled, phonePicture, video, video);
    fixture.apply(phoneSound, PlaneFixture.rtpAt(sound.address(), null, null));
    phonePicture.shape(shape(Set.of(), EnumSet.of(Feedback.FIR)));
    fixture.apply(phonePicture, PlaneFixture.rtpAt(picture.address(), pictureRtcp.address()));
    webRtc.shape(shape(Set.of(0), Set.of()));
    fixture.apply(webRtc, browser.describe(DtlsRole.SERVER));
    bundled.shape(shape(Set.of(VP8), EnumSet.allOf(Feedback.class)));
    fixture.apply(bundled, browser.describe(DtlsRole.SERVER));
    browser.connect(webRtc.local(), Role.CLIENT, fixture.plane.dtlsFingerprint());
  }

  private static StreamShape shape(Set<Integer> types, Set<Feedback> feedback) {
    return new StreamShape(null, 0, List.of(), types, feedback);
  }

  @AfterEach
  void closeAll() {
    browser.close();
    sound.close();
    picture.close();
    pictureRtcp.close();
    fixture.close();
  }

  @Test
  void eachGoesItsOwnWay() throws Exception {
    byte[] spoken = rtp(0, SOUND_SSRC, 100, 16_000, 7);
    byte[] shown = rtp(VP8, PICTURE_SSRC, 500, 90_000, 9);
    assertThat(payload(browser.carry(spoken, sound))).isEqualTo(payload(spoken));
    assertThat(payload(browser.carry(shown, picture))).isEqualTo(payload(shown));

    picture.send(rtp(VP8, PHONE_SSRC, 5, 800, 3), phonePicture.local().rtp());
    byte[] seen = browser.awaitRtp();
    assertThat(Packets.ssrc(seen)).isEqualTo(bundled.ids().ssrc());
    assertThat(bundled.ids().cname()).isEqualTo(webRtc.ids().cname());
    assertThat(bundled.local()).isEqualTo(webRtc.local());
  }

  @Test
  void aBrowsersRequestForAWholePictureReachesThePhoneInItsOwnForm() throws Exception {
    browser.carry(rtp(VP8, PICTURE_SSRC, 500, 90_000, 9), picture);
    picture.send(rtp(VP8, PHONE_SSRC, 5, 800, 3), phonePicture.local().rtp());
    browser.awaitRtp();
    byte[] report = Packets.receiverReport(PICTURE_SSRC, webRtc.ids().ssrc(), 1);
    byte[] pli = Packets.feedback(RtcpView.PSFB, 1, PICTURE_SSRC, bundled.ids().ssrc());
    byte[] compound = new byte[report.length + pli.length];
    System.arraycopy(report, 0, compound, 0, report.length);
    System.arraycopy(pli, 0, compound, report.length, pli.length);

    browser.sendRtcp(compound);

    byte[] asked =
        pictureRtcp.await(found -> RtcpView.type(found, found.length - 20) == RtcpView.PSFB);
    int last = asked.length - 20;
    assertThat(RtcpView.count(asked, last)).as("FIR").isEqualTo(4);
    assertThat(Bytes.u32(asked, last + 12)).isEqualTo(PHONE_SSRC);
  }

  @Test
  void whatBelongsToNeitherIsRefused() throws Exception {
    browser.carry(rtp(0, SOUND_SSRC, 100, 16_000, 7), sound);
    browser.sendRtp(rtp(50, 0xBB, 1, 1, 1));
    browser.carry(rtp(0, SOUND_SSRC, 200, 16_000, 8), sound);
    assertThat(webRtc.stats().packetsRefused()).isPositive();
  }
}
