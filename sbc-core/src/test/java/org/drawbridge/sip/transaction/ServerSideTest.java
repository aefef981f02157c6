package org.drawbridge.sip.transaction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.Test;

/** What the layer does with requests that come in. */
class ServerSideTest {

  private static final String BRANCH = "z9hG4bKalice";

  private final SimLoop loop = new SimLoop();
  private final RecordingUser user = new RecordingUser();
  private final TransactionLayer layer =
      new TransactionLayer(loop, user, TransactionSettings.DEFAULTS);
  private final RecordingFlow udp = new RecordingFlow(Transport.UDP, 1);
  private final RecordingFlow wss = new RecordingFlow(Transport.WSS, 2);

  @Test
  void requestsAreStampedWithTheirSourceAndAnsweredThere() {
    receive(Method.OPTIONS);
    SipRequest request = user.last().request();
    assertThat(request.topVia().received()).isEqualTo("192.0.2.1");
    assertThat(request.topVia().rport()).isEqualTo(5060);
    user.last().respond(Messages.response(request, 200));
    assertThat(lastSent(udp).topVia()).isEqualTo(request.topVia());
  }

  @Test
  void anOverloadedLoopTurnsNewWorkAwayAndServesDialogs() {
    loop.overloaded(true);
    receive(Method.INVITE);
    assertThat(user.events).isEmpty();
    assertThat(layer.size()).isZero();
    assertThat(layer.shed()).isEqualTo(1);
    SipResponse busy = lastSent(udp);
    assertThat(busy.status()).isEqualTo(503);
    assertThat(requireNonNull(busy.headers().first(HeaderName.RETRY_AFTER)))
        .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(5, 10));
    SipRequest bye = Messages.incoming(Method.BYE, "a", BRANCH + "bye").build();
    layer.onMessage(udp, bye.edit().replaceFirst(HeaderName.TO, bye.to() + ";tag=ours").build());
    loop.overloaded(false);
    receive(Method.INVITE);
    assertThat(user.events).containsExactly("BYE", "INVITE");
  }

  @Test
  void onAStreamThePortIsOnlyNotedWhenAskedFor() {
    layer.onMessage(wss, Messages.incoming(Method.OPTIONS, "a", BRANCH).build());
    assertThat(user.last().request().topVia().received()).isEqualTo("192.0.2.2");
    assertThat(user.last().request().topVia().hasRport()).isFalse();
    layer.onMessage(wss, Messages.incoming(Method.OPTIONS, "b", BRANCH + "2;rport").build());
    assertThat(user.last().request().topVia().rport()).isEqualTo(5060);
  }

  @Test
  void repeatsReachTheUserOnceAndGetTheLastResponse() {
    receive(Method.MESSAGE);
    receive(Method.MESSAGE);
    assertThat(udp.sent()).isEmpty();
    user.last().respond(Messages.response(user.last().request(), 202));
    receive(Method.MESSAGE);
    assertThat(user.events).containsExactly("MESSAGE");
    assertThat(udp.sent()).hasSize(2);
    assertThat(udp.sent().get(1)).isEqualTo(udp.sent().get(0));
    assertThat(user.last().isAnswered()).isTrue();
  }

  @Test
  void aProvisionalThatMayNotBeSentIsNotSentToARepeatEither() {
    receive(Method.MESSAGE);
    loop.advance(TransactionSettings.DEFAULTS.timerEReachesT2());
    assertThat(lastSent(udp).status()).isEqualTo(100);
    user.last().respond(Messages.response(user.last().request(), 183));
    receive(Method.MESSAGE);
    assertThat(udp.sent()).hasSize(2);
    assertThat(lastSent(udp).status()).isEqualTo(100);
  }

  @Test
  void whatIsAnsweredWithoutStateIsForgottenAndAskedAnewWhenItComesAgain() {
    receive(Method.REGISTER);
    user.last().respondStateless(Messages.response(user.last().request(), 401));
    assertThat(layer.size()).isZero();
    assertThat(lastSent(udp).status()).isEqualTo(401);
    receive(Method.REGISTER);
    assertThat(user.events).containsExactly("REGISTER", "REGISTER");
    user.last().respond(Messages.response(user.last().request(), 200));
    user.last().respondStateless(Messages.response(user.last().request(), 401));
    assertThat(udp.sent()).hasSize(2);
  }

  @Test
  void anInviteRefusedOnceLeavesNothingAndItsAckIsNobodys() {
    receive(Method.INVITE);
    SipResponse forbidden = Messages.response(user.last().request(), 403);
    user.last().refuseOnce(true);
    user.last().respond(forbidden);
    assertThat(layer.size()).isZero();
    loop.advance(32_000);
    assertThat(udp.sent()).hasSize(1);
    layer.onMessage(udp, ackOf(forbidden, BRANCH));
    assertThat(udp.sent()).hasSize(1);
    receive(Method.INVITE);
    assertThat(user.events).containsExactly("INVITE", "ACK", "INVITE");
  }

  /** After a 100 its client waits and repeats no more what brings a lost refusal again. */
  @Test
  void anInviteThatWasAnsweredProvisionallyIsRefusedUntilTheAck() {
    receive(Method.INVITE);
    user.last().refuseOnce(true);
    loop.advance(200);
    user.last().respond(Messages.response(user.last().request(), 403));
    user.last().respondStateless(Messages.response(user.last().request(), 500));
    loop.advance(500);
    assertThat(udp.sent()).hasSize(3);
  }

  @Test
  void aSlowInviteGets100After200Milliseconds() {
    receive(Method.INVITE);
    loop.advance(199);
    assertThat(udp.sent()).isEmpty();
    loop.advance(1);
    assertThat(lastSent(udp).status()).isEqualTo(100);
    assertThat(lastSent(udp).toTag()).isNull();
  }

  @Test
  void aFailureIsRepeatedUntilTheAckAndThenForgotten() {
    receive(Method.INVITE);
    SipResponse busy = Messages.response(user.last().request(), 486);
    user.last().respond(busy);
    loop.advance(1_500);
    assertThat(udp.sent()).hasSize(3);
    layer.onMessage(udp, ackOf(busy, BRANCH));
    loop.advance(4_999);
    assertThat(udp.sent()).hasSize(3);
    assertThat(layer.size()).isEqualTo(1);
    loop.advance(1);
    assertThat(layer.size()).isZero();
    assertThat(user.events).containsExactly("INVITE");
  }

  @Test
  void theAckOfASuccessGoesToTheUser() {
    receive(Method.INVITE);
    SipResponse ok = Messages.response(user.last().request(), 200);
    user.last().respond(ok);
    layer.onMessage(udp, ackOf(ok, "z9hG4bKother"));
    layer.onMessage(udp, ackOf(ok, BRANCH));
    assertThat(user.events).containsExactly("INVITE", "ACK", "ACK");
  }

  @Test
  void anInviteThatWasAcceptedAbsorbsRepeatsWhileTheUserRepeatsIts2xx() {
    receive(Method.INVITE);
    SipResponse ok = Messages.response(user.last().request(), 200);
    user.last().respond(ok);
    receive(Method.INVITE);
    assertThat(udp.sent()).hasSize(1);
    user.last().respond(ok);
    assertThat(udp.sent()).hasSize(2);
    loop.runToEnd(40_000);
    assertThat(layer.size()).isZero();
  }

  @Test
  void aSuccessOfAnotherThatComesAfterTheFailurePassesAndChangesNothing() {
    receive(Method.INVITE);
    ServerTransaction invite = user.last();
    SipResponse busy = Messages.response(invite.request(), 486);
    invite.respond(busy);
    SipResponse ok = Messages.response(invite.request(), 200);
    invite.responses().forward(200, "late", ok.wire());
    assertThat(lastSent(udp).status()).isEqualTo(200);
    receive(Method.INVITE);
    assertThat(lastSent(udp).status()).isEqualTo(486);
    loop.advance(500);
    assertThat(lastSent(udp).status()).isEqualTo(486);

    layer.onMessage(udp, ackOf(busy, BRANCH));
    int sent = udp.sent().size();
    invite.responses().forward(200, "late", ok.wire());
    assertThat(udp.sent()).hasSize(sent + 1);
    layer.onMessage(udp, ackOf(ok, "z9hG4bKother"));
    assertThat(user.events).containsExactly("INVITE", "ACK");
    loop.advance(5_000);
    assertThat(layer.size()).isZero();
    invite.responses().forward(200, "late", ok.wire());
    assertThat(udp.sent()).hasSize(sent + 2);
    assertThat(layer.size()).isZero();
  }

  @Test
  void whatElseComesAfterTheFailureIsDropped() {
    receive(Method.INVITE);
    ServerTransaction invite = user.last();
    invite.respond(Messages.response(invite.request(), 486));
    invite.responses().forward(180, null, Messages.response(invite.request(), 180).wire());
    invite.responses().forward(603, null, Messages.response(invite.request(), 603).wire());
    invite.respond(Messages.response(invite.request(), 200));
    assertThat(udp.sent()).hasSize(1);
    layer.onMessage(udp, Messages.incoming(Method.MESSAGE, "m", BRANCH + "m").build());
    ServerTransaction message = user.last();
    message.respond(Messages.response(message.request(), 480));
    message.responses().forward(200, null, Messages.response(message.request(), 200).wire());
    assertThat(udp.sent()).hasSize(2);
  }

  @Test
  void aCancelIsAnsweredAndToldOnce() {
    receive(Method.INVITE);
    user.last().respond(Messages.response(user.last().request(), 180));
    layer.onMessage(udp, cancel(BRANCH));
    layer.onMessage(udp, cancel(BRANCH));
    assertThat(user.events).containsExactly("INVITE", "CANCEL");
    assertThat(lastSent(udp).status()).isEqualTo(200);
    assertThat(lastSent(udp).cseq().method()).isEqualTo(Method.CANCEL);
    assertThat(lastSent(udp).toTag()).isEqualTo("bob-tag");
  }

  @Test
  void aCancelAfterTheAnswerChangesNothing() {
    receive(Method.INVITE);
    user.last().respond(Messages.response(user.last().request(), 200));
    layer.onMessage(udp, cancel(BRANCH));
    assertThat(lastSent(udp).status()).isEqualTo(200);
    assertThat(user.events).containsExactly("INVITE");
  }

  @Test
  void aCancelOfNothingGets481AndLeavesNothing() {
    layer.onMessage(udp, cancel("z9hG4bKunknown"));
    assertThat(lastSent(udp).status()).isEqualTo(481);
    assertThat(layer.size()).isZero();
  }

  @Test
  void aMergedRequestGets482() {
    receive(Method.INVITE);
    layer.onMessage(udp, Messages.incoming(Method.INVITE, "call", "z9hG4bKdetour").build());
    assertThat(lastSent(udp).status()).isEqualTo(482);
    assertThat(user.events).containsExactly("INVITE");
  }

  @Test
  void aRequestThatWasForkedToSeveralBehindUsIsTakenForEach() {
    receive(Method.INVITE);
    layer.onMessage(
        udp,
        Messages.incoming(Method.INVITE, "call", "z9hG4bKother")
            .requestUri(SipUri.of("carol", "example.com", -1))
            .build());
    assertThat(user.events).containsExactly("INVITE", "INVITE");
  }

  @Test
  void clientsFromBeforeRfc3261AreMatchedToo() {
    SipRequest invite = Messages.incoming(Method.INVITE, "old", "1").build();
    layer.onMessage(udp, invite);
    layer.onMessage(udp, invite);
    assertThat(user.events).containsExactly("INVITE");
    SipResponse busy = Messages.response(user.last().request(), 486);
    user.last().respond(busy);
    SipRequest ack =
        Messages.incoming(Method.ACK, "old", "1")
            .replace(HeaderName.TO, busy.to().toString())
            .build();
    layer.onMessage(udp, ack);
    loop.runToEnd(5_000);
    assertThat(user.events).containsExactly("INVITE");
    assertThat(layer.size()).isZero();
  }

  @Test
  void anInviteIsLostWithItsStream() {
    layer.onMessage(wss, Messages.incoming(Method.INVITE, "call", BRANCH).build());
    layer.onMessage(wss, Messages.incoming(Method.MESSAGE, "other", BRANCH).build());
    wss.close("test");
    layer.onFlowClosed(wss);
    assertThat(user.events).containsExactly("INVITE", "MESSAGE", "lost");
    ServerTransaction invite = user.requests.getFirst();
    assertThat(invite.isAnswered()).isTrue();
    invite.respond(Messages.response(invite.request(), 487));
    assertThat(wss.sent()).isEmpty();
    loop.runToEnd(32_000);
    assertThat(layer.size()).isZero();
  }

  @Test
  void aRequestThatWaitedLongerThanItsStreamIsDropped() {
    wss.close("test");
    layer.onMessage(wss, Messages.incoming(Method.INVITE, "call", BRANCH).build());
    assertThat(user.events).isEmpty();
    assertThat(layer.size()).isZero();
  }

  @Test
  void anAnswerTheClientNoLongerWaitsForIsNotSent() {
    receive(Method.MESSAGE);
    loop.advance(3_500);
    assertThat(lastSent(udp).status()).isEqualTo(100);
    loop.advance(28_500);
    assertThat(layer.size()).isZero();
    assertThat(user.last().isAnswered()).isTrue();
    user.last().respond(Messages.response(user.last().request(), 200));
    assertThat(udp.sent()).hasSize(1);
  }

  @Test
  void aSecondFinalResponseIsNotSent() {
    receive(Method.INVITE);
    user.last().respond(Messages.response(user.last().request(), 486));
    user.last().respond(Messages.response(user.last().request(), 200));
    assertThat(lastSent(udp).status()).isEqualTo(486);
  }

  @Test
  void atTheCapacityNewRequestsGet503AndDialogsKeepTheLastTenth() {
    TransactionLayer small =
        new TransactionLayer(loop, user, new TransactionSettings(500, 4_000, 5_000, 10));
    for (int i = 0; i < 10; i++) {
      small.onMessage(udp, Messages.incoming(Method.INVITE, "call" + i, BRANCH + i).build());
    }
    assertThat(small.size()).isEqualTo(9);
    assertThat(small.refused()).isEqualTo(1);
    assertThat(lastSent(udp).status()).isEqualTo(503);
    assertThat(lastSent(udp).headers().has(HeaderName.RETRY_AFTER)).isTrue();
    small.onMessage(udp, inDialog(BRANCH + "bye1"));
    assertThat(small.size()).isEqualTo(10);
    small.onMessage(udp, inDialog(BRANCH + "bye2"));
    assertThat(small.refused()).isEqualTo(2);
  }

  @Test
  void aRequestTheUserFailsOnIsAnsweredWith500() {
    TransactionLayer failing =
        new TransactionLayer(loop, new FailingUser(), TransactionSettings.DEFAULTS);
    SipRequest invite = Messages.incoming(Method.INVITE, "call", BRANCH).build();
    assertThatThrownBy(() -> failing.onMessage(udp, invite)).hasMessage("on purpose");
    assertThat(lastSent(udp).status()).isEqualTo(500);
    loop.runToEnd(40_000);
    assertThat(failing.size()).isZero();
  }

  private void receive(Method method) {
    layer.onMessage(udp, Messages.incoming(method, "call", BRANCH).build());
  }

  private static SipRequest cancel(String branch) {
    return Messages.incoming(Method.CANCEL, "call", branch).build();
  }

  private static SipRequest ackOf(SipResponse response, String branch) {
    return Messages.incoming(Method.ACK, "call", branch)
        .replace(HeaderName.TO, response.to().toString())
        .build();
  }

  private static SipRequest inDialog(String branch) {
    return Messages.incoming(Method.BYE, "call0", branch)
        .replace(HeaderName.TO, "<sip:bob@example.com>;tag=bob-tag")
        .build();
  }

  private static SipResponse lastSent(RecordingFlow flow) {
    return (SipResponse) Messages.parse(requireNonNull(flow.sent().getLast()));
  }

  private static final class FailingUser implements TransactionUser {

    @Override
    public void onRequest(ServerTransaction transaction) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void onCancel(ServerTransaction invite, SipRequest cancel) {}

    @Override
    public void onAck(SipRequest ack, Flow flow) {}

    @Override
    public void onStrayResponse(SipResponse response, Flow flow) {}
  }
}
