package org.drawbridge.media.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.phone;
import static org.drawbridge.media.session.MediaFixture.transport;

import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.plane.PathReport;
import org.junit.jupiter.api.Test;

/** Legs come and go, events reach the signalling loop, and nothing is left at the end. */
class SessionTest {

  private final MediaFixture media = new MediaFixture();
  private final MediaLeg caller = media.offered("caller", LegKind.WEBRTC, sample("chromium-audio"));

  /** Some report a score of wideband, which no call of this codec can have on our scale. */
  @Test
  void noScoreOfAPeerIsBetterThanItsCodecCanBe() {
    MediaLeg leg = media.offered("desk", LegKind.RTP, phone("sendrecv", "0 PCMU/8000"));
    answer(leg, null);
    transport(leg).path = new PathReport(100, 0, 0, 0, 1, 20, 4.9);
    assertThat(requireNonNull(leg.qualities().getFirst().sent()).mos()).isBetween(4.3, 4.42);
    transport(leg).path = new PathReport(100, 0, 0, 0, 1, 20, 3.1);
    assertThat(requireNonNull(leg.qualities().getFirst().sent()).mos()).isEqualTo(3.1);
  }

  @Test
  void eventsArriveOnTheSignallingLoopOnly() {
    transport(caller).listener.onStarted();
    transport(caller).listener.onSilent(30_000);
    transport(caller).listener.onFailed("wrong fingerprint");
    assertThat(media.events).as("handed over, not called").isEmpty();
    media.runLoop();
    assertThat(media.events)
        .containsExactly(
            new MediaEvent.Started(caller),
            new MediaEvent.Silent(caller, 30_000),
            new MediaEvent.Failed(caller, "wrong fingerprint"));
  }

  @Test
  void noEventFollowsAReleaseOrAClose() {
    MediaLeg lost = media.leg("lost", LegKind.RTP);
    transport(lost).listener.onSilent(1);
    media.session.release(lost);
    transport(caller).listener.onStarted();
    media.session.close();
    media.runLoop();
    assertThat(media.events).isEmpty();
    assertThat(media.plane.opened).allMatch(transport -> transport.closed);
  }

  @Test
  void releasesOnlyWhatItIsTold() {
    MediaLeg lost = media.leg("lost", LegKind.RTP);
    media.session.release(lost);
    assertThat(transport(lost).closed).isTrue();
    assertThat(transport(caller).closed).isFalse();
  }

  @Test
  void anEndedSignallingLoopHearsNothing() throws MediaUnavailableException {
    MediaSession ended =
        media.engine.open(
            "ended",
            task -> {
              throw new RejectedExecutionException();
            },
            media.events::add);
    MediaLeg leg = ended.newLeg("leg", LegKind.RTP, InetAddress.ofLiteral("192.0.2.8"));
    transport(leg).listener.onStarted();
    assertThat(media.events).isEmpty();
  }

  @Test
  void legsOfACallShareAnAffinityAndCallsDoNot() throws MediaUnavailableException {
    InetAddress peer = InetAddress.ofLiteral("192.0.2.8");
    MediaLeg sibling = media.leg("sibling", LegKind.RTP);
    MediaSession other = media.engine.open("call-2", media.loop::add, media.events::add);
    MediaLeg stranger = other.newLeg("stranger", LegKind.RTP, peer);
    assertThat(transport(sibling).affinity).isEqualTo(transport(caller).affinity);
    assertThat(transport(stranger).affinity).isNotEqualTo(transport(caller).affinity);
  }

  @Test
  void echoSendsALegItsOwnMedia() {
    assertThatThrownBy(() -> media.session.echo(caller)).isInstanceOf(IllegalStateException.class);
    answer(caller, null);
    media.session.echo(caller);
    assertThat(media.plane.loopedBack).containsExactly(transport(caller));
  }

  @Test
  void legsThatHaveNotNegotiatedAreNotBridged() {
    MediaLeg callee = media.leg("callee", LegKind.RTP);
    assertThatThrownBy(() -> media.session.bridge(caller, callee))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("caller");
    assertThat(media.plane.joins).isEmpty();
  }

  @Test
  void saysWhenNothingIsLeft() {
    InetAddress peer = InetAddress.ofLiteral("192.0.2.8");
    media.plane.exhausted = true;
    assertThatThrownBy(() -> media.session.newLeg("more", LegKind.RTP, peer))
        .isInstanceOf(MediaUnavailableException.class)
        .hasMessage("no port left");
    media.session.close();
    assertThatThrownBy(() -> media.session.newLeg("late", LegKind.RTP, peer))
        .isInstanceOf(MediaUnavailableException.class);
  }

  @Test
  void statsComeFromTheTransportAndTheEngineClosesThePlane() {
    assertThat(caller.stats()).isEqualTo(FakeTransport.STATS);
    assertThat(caller.label()).isEqualTo("caller");
    assertThat(caller.kind()).isEqualTo(LegKind.WEBRTC);
    media.engine.close();
    assertThat(media.plane.closed).isTrue();
  }

  @Test
  void thereIsNothingToAnswerBeforeAnOffer() {
    MediaLeg leg = media.leg("leg", LegKind.RTP);
    assertThatThrownBy(() -> leg.makeAnswer(caller)).isInstanceOf(IllegalStateException.class);
    leg.rollback();
    assertThat(leg.isNegotiated()).isFalse();
  }
}
