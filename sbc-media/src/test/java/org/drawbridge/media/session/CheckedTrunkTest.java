package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.browserAnswer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.ice.IceTargets;
import org.drawbridge.media.plane.RemoteMedia;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebRTC legs of trunks, which are checked by ICE. */
final class CheckedTrunkTest {

  private static final String CANDIDATES =
      "a=candidate:1 1 udp 100 192.0.2.8 4000 typ srflx\r\n"
          + "a=candidate:2 1 udp 900 192.0.2.7 4000 typ host\r\n"
          + "a=candidate:3 1 udp 950 2001:db8::7 4000 typ host\r\n";

  private final MediaFixture media = new MediaFixture();
  private MediaLeg trunk;

  @BeforeEach
  void makeLeg() throws Exception {
    InetAddress far = InetAddress.ofLiteral("198.51.100.1");
    trunk = media.session.newLeg("callee-1", LegKind.WEBRTC_SERVER, MediaPeer.SERVER, far);
  }

  private @Nullable IceTargets targets() {
    return media.plane.opened.getFirst().remote().targets();
  }

  private static IceTargets of(boolean lite, boolean answer) {
    InetSocketAddress host = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 4000);
    InetSocketAddress mapped = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.8"), 4000);
    return new IceTargets(lite, answer, List.of(host, mapped));
  }

  @Test
  void itsAnswerSaysWhatIsCheckedByAddressesOfOurFamily() {
    String offer = trunk.makeOffer(null);
    assertThat(offer).doesNotContain("ice-lite").contains("192.0.2.1 20000 typ host");
    accepts(trunk.receiveAnswer(browserAnswer(offer, "sendrecv", 0) + CANDIDATES));
    assertThat(targets()).isEqualTo(of(false, true));
  }

  /** As a host with many networks names them, those of its containers among them. */
  @Test
  void addressesOfTheOtherFamilyTakeNoPlaceOfOurs() {
    String sixes = "";
    for (int i = 1; i <= IceTargets.MAX_CANDIDATES; i++) {
      sixes += "a=candidate:%d 1 udp 999 2001:db8::%d 4000 typ host\r\n".formatted(10 + i, i);
    }
    String offer = trunk.makeOffer(null);
    accepts(trunk.receiveAnswer(browserAnswer(offer, "sendrecv", 0) + sixes + CANDIDATES));
    assertThat(targets()).isEqualTo(of(false, true));
  }

  @Test
  void aLiteServerIsTakenSinceWeCheckIt() {
    String offer = trunk.makeOffer(null);
    String answer = browserAnswer(offer, "sendrecv", 0) + CANDIDATES;
    accepts(trunk.receiveAnswer(answer.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n")));
    assertThat(targets()).isEqualTo(of(true, true));
  }

  @Test
  void anOfferOfATrunkIsAnsweredByAFullAgent() {
    String offer = browserAnswer(media.leg("other", LegKind.WEBRTC).makeOffer(null), "sendrecv", 0);
    accepts(trunk.receiveOffer(offer.replace("setup:active", "setup:actpass") + CANDIDATES));
    assertThat(trunk.makeAnswer(null))
        .isInstanceOfSatisfying(
            AnswerOutcome.Answer.class, it -> assertThat(it.sdp()).doesNotContain("ice-lite"));
    assertThat(targets()).isEqualTo(of(false, false));
  }

  /** As some do to hold a call, and to take it up again. */
  @Test
  void anOfferWithoutIceStaysOnThePathOfTheSameCertificate() {
    String offer = trunk.makeOffer(null);
    String answer = browserAnswer(offer, "sendrecv", 0) + CANDIDATES;
    accepts(trunk.receiveAnswer(answer));
    RemoteMedia before = media.plane.opened.getFirst().remote();
    String hold = withoutIce(answer.replace("sendrecv", "sendonly"));
    accepts(trunk.receiveOffer(hold));
    assertThat(MediaFixture.answer(trunk, null)).contains("a=recvonly");
    assertThat(media.plane.opened.getFirst().remote().ice()).isEqualTo(before.ice());
    assertThat(targets()).isEqualTo(of(false, false));
  }

  /** It is somewhere else, and we cannot look for it. */
  @Test
  void anOfferWithoutIceOfAnotherCertificateIsRefused() {
    String offer = trunk.makeOffer(null);
    String answer = browserAnswer(offer, "sendrecv", 0) + CANDIDATES;
    accepts(trunk.receiveAnswer(answer));
    assertThat(trunk.receiveOffer(withoutIce(answer.replace("01:01", "02:02"))))
        .isInstanceOf(SdpOutcome.Refused.class);
  }

  private static String withoutIce(String sdp) {
    return sdp.replaceAll("a=(ice-|candidate).*\r\n", "").replace("setup:active", "setup:actpass");
  }

  @Test
  void aBrowserIsNotChecked() {
    MediaLeg browser = media.leg("caller", LegKind.WEBRTC);
    String offer = browser.makeOffer(null);
    accepts(browser.receiveAnswer(browserAnswer(offer, "sendrecv", 0) + CANDIDATES));
    assertThat(media.plane.opened.getLast().remote().targets()).isNull();
  }
}
