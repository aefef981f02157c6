package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.attribute;
import static org.drawbridge.media.session.MediaFixture.browserAnswer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.phone;
import static org.drawbridge.media.session.MediaFixture.transport;

import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers within a call: refreshes, moves, codec changes, glare and rollback. */
class RenegotiationTest {

  private static final String OFFER =
      phone("sendrecv", "0 PCMU/8000", "8 PCMA/8000", "101 telephone-event/8000");
  private static final String CHROMIUM = sample("chromium-audio");

  private final MediaFixture media = new MediaFixture();
  private final MediaLeg caller = media.offered("caller", LegKind.RTP, OFFER);
  private final MediaLeg callee = media.leg("callee", LegKind.RTP);
  private String first = "";

  @BeforeEach
  void talk() {
    callee.makeOffer(caller);
    accepts(callee.receiveAnswer(phone("sendrecv", "0 PCMU/8000", "101 telephone-event/8000")));
    first = answer(caller, callee);
  }

  @Test
  void theSameAgainIsARefreshWhateverItsVersion() {
    assertThat(caller.isRefresh(OFFER)).isTrue();
    assertThat(caller.isRefresh(OFFER.replace("o=phone 7 7", "o=phone 7 8"))).isTrue();
    assertThat(caller.isRefresh(OFFER.replace("a=sendrecv\r\n", ""))).isTrue();
    assertThat(caller.localDescription()).isEqualTo(first);
  }

  @Test
  void aChangeUnderTheSameVersionIsNoRefresh() {
    assertThat(caller.isRefresh(OFFER.replace("sendrecv", "sendonly"))).isFalse();
    assertThat(caller.isRefresh(OFFER.replace("40000", "40002"))).isFalse();
    assertThat(caller.isRefresh("nonsense")).isFalse();
  }

  @Test
  void whereWeOfferedLastThereIsNoAnswerToRepeat() {
    assertThat(callee.isRefresh(phone("sendrecv", "0 PCMU/8000", "101 telephone-event/8000")))
        .isFalse();
    assertThat(
            callee.changesOnlyTransport(
                phone("sendrecv", "0 PCMU/8000", "101 telephone-event/8000")))
        .isTrue();
  }

  @Test
  void anIceRestartIsAnsweredWithNewCredentials() {
    MediaLeg browser = media.offered("browser", LegKind.WEBRTC, CHROMIUM);
    MediaLeg desk = media.leg("desk", LegKind.RTP);
    desk.makeOffer(browser);
    accepts(desk.receiveAnswer(phone("sendrecv", "0 PCMU/8000")));
    String before = answer(browser, desk);
    String restarted =
        CHROMIUM
            .replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:anew")
            .replaceAll("a=ice-pwd:.*", "a=ice-pwd:another-password-of-22-chars");

    assertThat(browser.changesOnlyTransport(restarted)).isTrue();
    accepts(browser.receiveOffer(restarted));
    String after = answer(browser, desk);

    assertThat(attribute(after, "ice-ufrag:")).isNotEqualTo(attribute(before, "ice-ufrag:"));
    assertThat(after).contains("a=ice-ufrag:renewed1");
    assertThat(attribute(after, "fingerprint:")).isEqualTo(attribute(before, "fingerprint:"));
    assertThat(answer(browser, desk)).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=image 40002 udptl t38\r\na=T38FaxVersion:0\r\n",
        "m=audio 0 RTP/AVP 0\r\nm=image 40002 udptl t38\r\na=T38FaxVersion:0\r\n",
        "m=image 40002 udptl t38\r\nm=audio 0 RTP/AVP 0\r\n"
      })
  void aFaxThatCannotBeCarriedIsRefusedAndGoesOnAsSound(String media) {
    String fax = OFFER.substring(0, OFFER.indexOf("m=audio")) + media;
    assertThat(caller.receiveOffer(fax))
        .isEqualTo(
            new SdpOutcome.Refused(488, "no fax is carried as an image (T.38), only as sound"));
    assertThat(caller.localDescription()).isEqualTo(first);
    assertThat(transport(caller).remote().receives()).isTrue();
  }

  @Test
  void aMoveIsAnsweredWithoutTheOtherLeg() {
    String moved = OFFER.replace("40000", "40002").replace("c=IN IP4 198.51", "c=IN IP4 203.51");
    assertThat(caller.changesOnlyTransport(moved)).isTrue();
    accepts(caller.receiveOffer(moved));
    assertThat(answer(caller, callee)).isEqualTo(first);
    assertThat(transport(caller).remote().rtp()).hasToString("/203.51.100.9:40002");
  }

  @Test
  void mediaThatChangesGoesToTheOtherLeg() {
    assertThat(caller.changesOnlyTransport(OFFER.replace("sendrecv", "inactive"))).isFalse();
    assertThat(caller.changesOnlyTransport(OFFER + "a=ptime:60\r\n")).isFalse();
    assertThat(caller.changesOnlyTransport(phone("sendrecv", "8 PCMA/8000"))).isFalse();
    assertThat(
            caller.changesOnlyTransport(OFFER.replace("c=IN IP4 198.51.100.9", "c=IN IP4 0.0.0.0")))
        .isFalse();
    assertThat(media.leg("new", LegKind.RTP).changesOnlyTransport(OFFER)).isFalse();
  }

  @Test
  void aBrowserThatMovesAgreedCodecsToTheFrontChangesNothing() {
    MediaLeg browser = media.offered("browser", LegKind.WEBRTC, CHROMIUM);
    MediaLeg desk = media.leg("desk", LegKind.RTP);
    desk.makeOffer(browser);
    accepts(desk.receiveAnswer(phone("sendrecv", "0 PCMU/8000", "126 telephone-event/8000")));
    answer(browser, desk);
    String reordered = CHROMIUM.replace("111 63 9 0 8 13 110 126", "0 126 111 63 9 8 13 110");
    assertThat(browser.changesOnlyTransport(reordered)).isTrue();
    String restarted = reordered.replace("a=ice-ufrag:QxZ9", "a=ice-ufrag:New1");
    assertThat(browser.changesOnlyTransport(restarted)).isTrue();
    accepts(browser.receiveOffer(restarted));
    answer(browser, desk);
    assertThat(transport(browser).remote().ice()).hasToString("IceCredentials[New1]");
    assertThat(browser.changesOnlyTransport(CHROMIUM.replace(" 0 8 ", " 8 "))).isFalse();
  }

  @Test
  void aPreferenceAmongAgreedCodecsIsAChange() {
    MediaLeg one = media.offered("one", LegKind.RTP, OFFER);
    MediaLeg other = media.leg("other", LegKind.RTP);
    other.makeOffer(one);
    accepts(other.receiveAnswer(OFFER));
    answer(one, other);
    assertThat(one.changesOnlyTransport(OFFER.replace("RTP/AVP 0 8", "RTP/AVP 8 0"))).isFalse();
  }

  @Test
  void aCodecChangeReachesBothLegs() {
    String changed = phone("sendrecv", "8 PCMA/8000", "96 telephone-event/8000");
    accepts(caller.receiveOffer(changed));
    assertThat(mediaLines(callee.makeOffer(caller)))
        .as("events keep the payload type they had on this leg")
        .containsExactly("m=audio 20002 RTP/AVP 8 101");
    accepts(callee.receiveAnswer(phone("sendrecv", "8 PCMA/8000", "101 telephone-event/8000")));
    assertThat(mediaLines(answer(caller, callee)))
        .as("the offerer's new payload type")
        .containsExactly("m=audio 20000 RTP/AVP 8 96");
    media.session.bridge(caller, callee);
    assertThat(media.plane.joins.getLast().aToB().outgoing(96)).isEqualTo(101);
  }

  @Test
  void rollbackLeavesTheLegAsItWas() {
    String before = String.valueOf(callee.localDescription());
    int applied = transport(caller).applied.size();
    accepts(caller.receiveOffer(phone("sendonly", "8 PCMA/8000")));
    assertThat(callee.makeOffer(caller)).isNotEqualTo(before);
    callee.rollback();
    caller.rollback();
    assertThat(callee.localDescription()).isEqualTo(before);
    assertThat(caller.localDescription()).isEqualTo(first);
    assertThat(transport(caller).applied).hasSize(applied);
    assertThat(caller.isRefresh(OFFER)).isTrue();
    assertThat(answer(caller, callee)).isEqualTo(first);
  }

  @Test
  void aRefusedOffersVersionIsNotUsedForAnother() {
    long before = Origins.version(callee.localDescription());
    accepts(caller.receiveOffer(phone("sendonly", "0 PCMU/8000")));
    assertThat(Origins.version(callee.makeOffer(caller))).isEqualTo(before + 1);
    callee.rollback();
    caller.rollback();
    accepts(caller.receiveOffer(phone("inactive", "0 PCMU/8000")));
    String other = callee.makeOffer(caller);
    assertThat(Origins.version(other)).isEqualTo(before + 2);
    assertThat(callee.makeOffer(caller)).as("sent again after a challenge").isEqualTo(other);
  }

  @Test
  void anUnacceptableReofferLeavesTheCallAlone() {
    accepts(caller.receiveOffer(phone("sendrecv", "18 G729/8000")));
    assertThat(caller.makeAnswer(callee)).isInstanceOf(AnswerOutcome.Refused.class);
    caller.rollback();
    assertThat(answer(caller, callee)).isEqualTo(first);
    assertThat(caller.receiveOffer("v=0\r\nbroken"))
        .isEqualTo(new SdpOutcome.Refused(400, "SDP line 2: not of the form letter=value"));
    assertThat(caller.receiveOffer("v=0\r\nm=audio 9 RTP/AVP 96\r\n"))
        .isEqualTo(new SdpOutcome.Refused(488, "the audio has no codec we can name"));
    assertThat(answer(caller, callee)).isEqualTo(first);
  }

  @Test
  void offersThatCrossAreRefusedWithRequestPending() {
    callee.makeOffer(caller);
    assertThat(callee.receiveOffer(OFFER))
        .isEqualTo(new SdpOutcome.Refused(491, "our own offer is still open"));
    callee.rollback();
    accepts(callee.receiveOffer(OFFER));
    assertThatThrownBy(() -> callee.makeOffer(caller)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLateCopyOfAnOvertakenAnswerChangesNothing() {
    accepts(callee.receiveOffer(OFFER.replace("40000", "41000")));
    answer(callee, caller);
    int applied = transport(callee).applied.size();
    accepts(callee.receiveAnswer(phone("sendrecv", "0 PCMU/8000", "101 telephone-event/8000")));
    assertThat(transport(callee).applied).hasSize(applied);
  }

  @Test
  void audioTurnedOffIsOfferedOnwardAsInactive() {
    accepts(caller.receiveOffer(OFFER.replace("m=audio 40000", "m=audio 0")));
    assertThat(callee.makeOffer(caller)).contains("a=inactive\r\n");
    accepts(callee.receiveAnswer(phone("inactive", "0 PCMU/8000")));
    assertThat(mediaLines(answer(caller, callee))).containsExactly("m=audio 0 RTP/AVP 0 8 101");
    media.session.bridge(caller, callee);
    accepts(caller.receiveOffer(OFFER));
    assertThat(callee.makeOffer(caller)).contains("a=sendrecv\r\n");
  }

  /** As some do while they are held (RFC 3264 section 6): it is no reason to refuse the change. */
  @Test
  void audioThatAnAnswerTurnsOffRestsAndComesBack() {
    accepts(caller.receiveOffer(OFFER.replace("sendrecv", "sendonly")));
    callee.makeOffer(caller);
    accepts(
        callee.receiveAnswer(
            phone("inactive", "0 PCMU/8000").replace("m=audio 40000", "m=audio 0")));
    assertThat(answer(caller, callee)).contains("a=inactive\r\n");
    media.session.bridge(caller, callee);
    accepts(caller.receiveOffer(OFFER));
    assertThat(callee.makeOffer(caller)).contains("m=audio 20", "a=sendrecv\r\n");
    accepts(callee.receiveAnswer(phone("sendrecv", "0 PCMU/8000")));
    assertThat(answer(caller, callee)).contains("a=sendrecv\r\n");
  }

  @Test
  void ofTwoAudioLinesTheUsableOneIsCarriedAndStays() {
    String both =
        "v=0\r\nc=IN IP4 198.51.100.9\r\nm=audio 5000 RTP/SAVP 0\r\nm=audio 5002 RTP/AVP 8\r\n";
    MediaLeg leg = media.offered("two", LegKind.RTP, both);
    assertThat(mediaLines(answer(leg, null)))
        .containsExactly("m=audio 0 RTP/SAVP 0", "m=audio 20004 RTP/AVP 8");
    accepts(leg.receiveOffer(both.replace("SAVP 0", "AVP 0")));
    assertThat(mediaLines(answer(leg, null)))
        .containsExactly("m=audio 0 RTP/AVP 0", "m=audio 20004 RTP/AVP 8");
    assertThat(mediaLines(leg.makeOffer(null)))
        .containsExactly("m=audio 0 RTP/AVP 0", "m=audio 20004 RTP/AVP 9 0 8 101");
  }

  @Test
  void aBrowserCalleeOffersAgain() {
    MediaLeg browser = media.leg("browser", LegKind.WEBRTC);
    String offer = browser.makeOffer(caller);
    accepts(browser.receiveAnswer(browserAnswer(offer, "sendrecv", 0, 101)));
    answer(caller, browser);
    accepts(browser.receiveOffer(CHROMIUM.replace("126", "101").replace("sendrecv", "sendonly")));
    assertThat(mediaLines(caller.makeOffer(browser)))
        .containsExactly("m=audio 20000 RTP/AVP 9 0 8 13 101");
    accepts(caller.receiveAnswer(phone("recvonly", "8 PCMA/8000", "101 telephone-event/8000")));
    assertThat(mediaLines(answer(browser, caller)))
        .containsExactly("m=audio 3478 UDP/TLS/RTP/SAVPF 8 101");
  }
}
