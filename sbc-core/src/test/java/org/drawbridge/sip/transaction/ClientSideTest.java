package org.drawbridge.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the layer does with requests of ours. */
class ClientSideTest {

  private final SimLoop loop = new SimLoop();
  private final RecordingUser user = new RecordingUser();
  private final TransactionLayer layer =
      new TransactionLayer(loop, user, TransactionSettings.DEFAULTS);
  private final RecordingFlow udp = new RecordingFlow(Transport.UDP, 1);
  private final RecordingFlow wss = new RecordingFlow(Transport.WSS, 2);

  @Test
  void aViaOfTheFlowIsPushedWithAFreshBranch() {
    SipRequest first = layer.send(message(), wss, user).request();
    SipRequest second = layer.send(message(), wss, user).request();
    assertThat(first.topVia().toString())
        .matches("SIP/2\\.0/WSS 198\\.51\\.100\\.1:5060;branch=z9hG4bK[0-9a-z]+;rport");
    assertThat(second.topVia().branch()).isNotEqualTo(first.topVia().branch());
    assertThat(wss.sent().getFirst()).isEqualTo(first.wire());
  }

  @Test
  void onUdpARequestIsRepeatedUntilItTimesOut() {
    layer.send(message(), udp, user);
    loop.advance(31_999);
    assertThat(user.events).isEmpty();
    loop.advance(1);
    assertThat(user.events).containsExactly("failure TIMEOUT");
    // Timer E at 0.5, 1.5, 3.5, and every 4 s from there to 31.5 s (RFC 3261 17.1.2.2).
    assertThat(udp.sent()).hasSize(11);
    assertThat(layer.size()).isZero();
  }

  @Test
  void anInviteIsSentSevenTimes() {
    layer.send(invite(), udp, user);
    loop.runToEnd(32_000);
    assertThat(udp.sent()).hasSize(7);
    assertThat(user.events).containsExactly("failure TIMEOUT");
  }

  @Test
  void onAStreamNothingIsRepeated() {
    layer.send(invite(), wss, user);
    loop.runToEnd(32_000);
    assertThat(wss.sent()).hasSize(1);
  }

  @Test
  void aFailureIsAcknowledgedByTheMachineAndAgainForEachRepeat() {
    SipRequest invite = layer.send(inviteOverProxy(), udp, user).request();
    layer.onMessage(udp, Messages.response(invite, 486));
    layer.onMessage(udp, Messages.response(invite, 486));
    assertThat(user.events).containsExactly("response 486");
    assertThat(udp.sent()).hasSize(3);
    assertThat(udp.sent().get(2)).isEqualTo(udp.sent().get(1));
    SipRequest ack = sent(udp, 1);
    assertThat(ack.method()).isEqualTo(Method.ACK);
    assertThat(ack.requestUri()).isEqualTo(invite.requestUri());
    assertThat(ack.vias()).containsExactly(invite.topVia());
    assertThat(ack.toTag()).isEqualTo("bob-tag");
    assertThat(ack.cseq().toString()).isEqualTo("1 ACK");
    assertThat(ack.routes()).isEqualTo(invite.routes());
    loop.runToEnd(32_000);
    assertThat(layer.size()).isZero();
  }

  /** A proxy passes the 2xx of one branch on though another has failed the call (16.7 step 5). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aLateAnswerReachesWhoWaitsForIt(int on) {
    RecordingFlow flow = on == 1 ? udp : wss;
    RecordingUser late = new RecordingUser();
    SipRequest invite = layer.send(invite(), flow, waiting(late)).request();
    layer.onMessage(flow, Messages.response(invite, 486));
    loop.advance(31_000);
    layer.onMessage(flow, Messages.response(invite, 200));
    assertThat(late.events).containsExactly("response 200");
    loop.runToEnd(32_000);
    assertThat(layer.size()).isZero();
  }

  /** Waits for a late answer as soon as it hears of a failure. */
  private static ResponseListener waiting(ResponseListener late) {
    return new ResponseListener() {
      @Override
      public void onResponse(ClientTransaction transaction, SipResponse response) {
        transaction.expectLateAnswer(late);
      }

      @Override
      public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
        throw new AssertionError("no failure was sent");
      }
    };
  }

  @Test
  void every2xxReachesTheListenerWhileAcceptedAndIsAStrayLater() {
    SipRequest invite = layer.send(invite(), udp, user).request();
    layer.onMessage(udp, Messages.response(invite, 200));
    layer.onMessage(udp, Messages.response(invite, 200));
    loop.advance(32_000);
    layer.onMessage(udp, Messages.response(invite, 200));
    assertThat(user.events).containsExactly("response 200", "response 200", "stray 200");
    assertThat(udp.sent()).hasSize(1);
    assertThat(layer.size()).isZero();
  }

  @Test
  void aResponseIsMatchedByMethodToo() {
    SipRequest invite = layer.send(invite(), udp, user).request();
    SipRequest bye = invite.edit().replace(HeaderName.CSEQ, "1 BYE").build();
    layer.onMessage(udp, Messages.response(bye, 200));
    assertThat(user.events).containsExactly("stray 200");
  }

  @Test
  void cancelWaitsForAProvisionalResponseAndNamesItsReason() {
    ClientTransaction transaction = layer.send(inviteOverProxy(), udp, user);
    transaction.cancel("SIP;cause=200");
    transaction.cancel("SIP;cause=600");
    assertThat(udp.sent()).hasSize(1);
    layer.onMessage(udp, Messages.response(transaction.request(), 180));
    SipRequest cancel = sent(udp, 1);
    assertThat(cancel.method()).isEqualTo(Method.CANCEL);
    assertThat(cancel.vias()).containsExactly(transaction.request().topVia());
    assertThat(cancel.headers().all(HeaderName.REASON)).containsExactly("SIP;cause=200");
    assertThat(cancel.cseq().toString()).isEqualTo("1 CANCEL");
    assertThat(cancel.to()).isEqualTo(transaction.request().to());
    assertThat(cancel.from()).isEqualTo(transaction.request().from());
    assertThat(cancel.routes()).isEqualTo(transaction.request().routes());
  }

  @Test
  void aCancelledInviteEndsWithItsFinalResponse() {
    ClientTransaction transaction = layer.send(invite(), udp, user);
    layer.onMessage(udp, Messages.response(transaction.request(), 180));
    transaction.cancel(null);
    layer.onMessage(udp, Messages.response(sent(udp, 1), 200));
    layer.onMessage(udp, Messages.response(transaction.request(), 487));
    assertThat(user.events).containsExactly("response 180", "response 487");
    loop.runToEnd(40_000);
    assertThat(layer.size()).isZero();
  }

  @Test
  void aCancelledInviteThatIsNeverAnsweredTimesOut() {
    ClientTransaction transaction = layer.send(invite(), udp, user);
    layer.onMessage(udp, Messages.response(transaction.request(), 180));
    loop.advance(100_000);
    transaction.cancel(null);
    loop.runToEnd(32_000);
    assertThat(user.events).containsExactly("response 180", "failure TIMEOUT");
    assertThat(layer.size()).isZero();
  }

  @Test
  void onlyInvitesAreCancelled() {
    layer.send(message(), udp, user).cancel(null);
    assertThat(udp.sent()).hasSize(1);
  }

  @Test
  void whatWaitsOnAStreamFailsWhenItCloses() {
    layer.send(invite(), wss, user);
    SipRequest answered = layer.send(message(), wss, user).request();
    layer.onMessage(wss, Messages.response(answered, 200));
    layer.send(message(), udp, user);
    layer.onFlowClosed(wss);
    assertThat(user.events).containsExactly("response 200", "failure FLOW_CLOSED");
    assertThat(layer.size()).isEqualTo(1);
  }

  @Test
  void sendingOnAClosedStreamFailsLater() {
    wss.close("test");
    layer.send(message(), wss, user);
    assertThat(user.events).isEmpty();
    loop.advance(1);
    assertThat(user.events).containsExactly("failure FLOW_CLOSED");
    assertThat(wss.sent()).isEmpty();
  }

  @Test
  void atTheCapacityARequestFailsLater() {
    TransactionLayer small =
        new TransactionLayer(loop, user, new TransactionSettings(500, 4_000, 5_000, 2));
    small.send(message(), udp, user);
    small.send(message(), udp, user);
    small.send(message(), udp, user);
    loop.advance(1);
    assertThat(user.events).containsExactly("failure OVERLOADED");
    assertThat(udp.sent()).hasSize(2);
    assertThat(small.refused()).isEqualTo(1);
  }

  @Test
  void theAckOfASuccessIsSentOnceWithABranchOfItsOwn() {
    SipRequest invite = layer.send(invite(), udp, user).request();
    layer.sendAck(Messages.outgoing(Method.ACK, "call").build(), udp);
    loop.advance(1_000);
    List<Method> methods =
        udp.sent().stream().map(b -> ((SipRequest) Messages.parse(b)).method()).toList();
    assertThat(methods).containsOnlyOnce(Method.ACK);
    assertThat(sent(udp, 1).topVia().branch()).isNotEqualTo(invite.topVia().branch());
  }

  @Test
  void ackAndCancelAreNotSentAsRequests() {
    SipRequest ack = Messages.outgoing(Method.ACK, "call").build();
    assertThatIllegalArgumentException().isThrownBy(() -> layer.send(ack, udp, user));
  }

  private static SipRequest message() {
    return Messages.outgoing(Method.MESSAGE, "call").build();
  }

  private static SipRequest invite() {
    return Messages.outgoing(Method.INVITE, "call").build();
  }

  private static SipRequest inviteOverProxy() {
    return Messages.outgoing(Method.INVITE, "call")
        .header(HeaderName.ROUTE, "<sip:proxy.example.com;lr>")
        .build();
  }

  private static SipRequest sent(RecordingFlow flow, int i) {
    return (SipRequest) Messages.parse(flow.sent().get(i));
  }
}
