package org.drawbridge.proxy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions of one account at another. */
final class SubscriptionTest {

  private static final String PIDF = "application/pidf+xml";
  private static final String EVENT = "presence;id=7";
  private static final String HERE = "<presence/>";

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest subscribe(String user) {
    return alice.send(alice.subscription(user, EVENT, 60).header(HeaderName.ACCEPT, PIDF));
  }

  private static void notify(SimPhone phone, SimDialog dialog, String state) {
    phone.send(
        phone.notification(dialog, EVENT, state).body(PIDF, HERE.getBytes(StandardCharsets.UTF_8)));
  }

  /** An accepted subscription whose first NOTIFY was taken. */
  private final class Watched {
    final SipRequest sent = subscribe("1002");
    final SipRequest arrived = bob.expect(Method.SUBSCRIBE);
    final SimDialog atBob;
    final SipResponse ok;
    final SipRequest notified;
    final SimDialog atAlice;

    Watched() {
      bob.reply(arrived, 200, null, "Expires: 60");
      ok = alice.expect(200);
      atBob = bob.dialog(arrived);
      SubscriptionTest.notify(bob, atBob, "active;expires=60");
      notified = alice.expect(Method.NOTIFY);
      alice.reply(notified, 200, null);
      bob.expect(200);
      atAlice = alice.dialog(sent, ok);
    }

    void end() {
      SubscriptionTest.notify(bob, atBob, "terminated;reason=timeout");
      alice.reply(alice.expect(Method.NOTIFY), 200, null);
      bob.expect(200);
    }

    MessageBuilder<SipRequest> refresh(int seconds) {
      return alice.subscription(atAlice, EVENT, seconds);
    }
  }

  @Test
  void whatTheNotifierSaysReachesTheSubscriberAndNothingElse() {
    Watched watched = new Watched();

    assertThat(watched.arrived.headers().first(HeaderName.EVENT)).isEqualTo(EVENT);
    assertThat(watched.arrived.headers().first(HeaderName.ACCEPT)).isEqualTo(PIDF);
    assertThat(watched.arrived.expires()).isEqualTo(60);
    assertThat(watched.ok.expires()).isEqualTo(60);
    assertThat(watched.notified.bodyText()).isEqualTo(HERE);
    assertThat(watched.notified.headers().first(HeaderName.SUBSCRIPTION_STATE))
        .isEqualTo("active;expires=60");
    assertThat(watched.notified.callId()).isEqualTo(watched.sent.callId());
    assertThat(watched.notified.fromTag()).isEqualTo(watched.ok.toTag());
    assertThat(watched.notified.requestUri()).hasToString(alice.contact());
    assertThat(String.join("", bob.everything()))
        .doesNotContain("192.0.2.11", watched.sent.callId(), alice.userAgent());
    assertThat(String.join("", alice.everything()))
        .doesNotContain("192.0.2.22", watched.arrived.callId(), bob.userAgent());
    watched.end();
    assertThat(lab.core().subscriptions().size()).isEqualTo(1); // waits for other notifiers
  }

  @Test
  void aSharedLineIsAskedForAsOneAndNoDialogOfOneSideIsNamedToTheOther() {
    alice.send(
        alice.subscription("1002", "dialog; sla ;call-id=1@192.0.2.11;id=7;to-tag=\"x\"", 60));
    SipRequest arrived = bob.expect(Method.SUBSCRIBE);
    assertThat(arrived.headers().first(HeaderName.EVENT)).isEqualTo("dialog;id=7;sla");
    bob.reply(arrived, 489, null);
    alice.expect(489);
  }

  @Test
  void aNotifierThatWantsToBeAskedAgainAtOnceIsHeard() {
    Watched watched = new Watched();
    SubscriptionTest.notify(bob, watched.atBob, "terminated;reason=deactivated;retry-after=0");
    SipRequest last = alice.expect(Method.NOTIFY);
    assertThat(last.headers().first(HeaderName.SUBSCRIPTION_STATE))
        .isEqualTo("terminated;reason=deactivated;retry-after=0");
    alice.reply(last, 200, null);
    bob.expect(200);
  }

  @Test
  void aRefreshGoesToTheNotifierAndProlongs() {
    Watched watched = new Watched();
    lab.advance(50_000);
    alice.send(watched.refresh(60));
    SipRequest refresh = bob.expect(Method.SUBSCRIBE);
    assertThat(refresh.callId()).isEqualTo(watched.arrived.callId());
    assertThat(refresh.cseq().seq()).isEqualTo(watched.arrived.cseq().seq() + 1);
    bob.reply(refresh, 200, null, "Expires: 60");
    alice.expect(200);
    lab.advance(80_000);
    assertThat(lab.core().subscriptions().size()).isEqualTo(1);
    lab.advance(20_000);
    assertThat(lab.core().subscriptions().size()).isZero();
  }

  @Test
  void anUnsubscribeEndsWithTheLastNotify() {
    Watched watched = new Watched();
    alice.send(watched.refresh(0));
    bob.reply(bob.expect(Method.SUBSCRIBE), 200, null, "Expires: 0");
    alice.expect(200);
    watched.end();
    alice.send(watched.refresh(60));
    alice.expect(481);
  }

  @Test
  void aNotifyMayOvertakeTheAnswer() {
    SipRequest sent = subscribe("1002");
    SipRequest arrived = bob.expect(Method.SUBSCRIBE);
    notify(bob, bob.dialog(arrived), "pending");
    SipRequest notified = alice.expect(Method.NOTIFY);
    alice.reply(notified, 200, null);
    bob.expect(200);
    bob.reply(arrived, 200, null, "Expires: 60");
    assertThat(alice.expect(200).toTag()).isEqualTo(notified.fromTag());
    assertThat(notified.toTag()).isEqualTo(sent.fromTag());
  }

  @Test
  void everyDeviceThatTakesItHasASubscriptionOfItsOwn() {
    SimPhone mobile = lab.phone("1002", Transport.UDP, "192.0.2.23");
    subscribe("1002");
    SipRequest atBob = bob.expect(Method.SUBSCRIBE);
    SipRequest atMobile = mobile.expect(Method.SUBSCRIBE);
    bob.reply(atBob, 200, null, "Expires: 60");
    mobile.reply(atMobile, 200, null, "Expires: 60");
    alice.expect(200);
    assertThat(alice.firstLines()).isEmpty();
    notify(bob, bob.dialog(atBob), "active;expires=60");
    notify(mobile, mobile.dialog(atMobile), "active;expires=60");
    SipRequest one = alice.expect(Method.NOTIFY);
    SipRequest two = alice.expect(Method.NOTIFY);
    assertThat(one.fromTag()).isNotEqualTo(two.fromTag());
    alice.reply(one, 200, null);
    bob.expect(200);
    alice.reply(two, 481, null);
    mobile.expect(481);
    notify(mobile, mobile.dialog(atMobile), "active;expires=60");
    mobile.expect(481);
  }

  @Test
  void aSubscriberWhoKnowsNothingOfItEndsIt() {
    Watched watched = new Watched();
    notify(bob, watched.atBob, "active");
    alice.reply(alice.expect(Method.NOTIFY), 481, null);
    bob.expect(481);
    notify(bob, watched.atBob, "active");
    bob.expect(481);
  }

  @Test
  void aNotifierThatIsGoneIsSaid() {
    new Watched();
    lab.disconnect(bob, CloseCause.LOST);
    lab.advance(33_000);
    SipRequest last = alice.expect(Method.NOTIFY);
    assertThat(last.headers().first(HeaderName.SUBSCRIPTION_STATE))
        .isEqualTo("terminated;reason=noresource");
    alice.reply(last, 200, null);
  }

  @Test
  void anotherDeviceOfAGoneNotifierIsWorthAskingAgain() {
    new Watched();
    lab.phone("1002", Transport.UDP, "192.0.2.24");
    lab.disconnect(bob, CloseCause.LOST);
    lab.advance(33_000);
    SipRequest last = alice.expect(Method.NOTIFY);
    assertThat(last.headers().first(HeaderName.SUBSCRIPTION_STATE))
        .isEqualTo("terminated;reason=deactivated");
    alice.reply(last, 200, null);
  }

  @Test
  void aSubscriberThatIsGoneIsUnsubscribed() {
    new Watched();
    lab.disconnect(alice, CloseCause.LOST);
    lab.advance(33_000);
    SipRequest last = bob.expect(Method.SUBSCRIBE);
    assertThat(last.expires()).isZero();
    bob.reply(last, 200, null, "Expires: 0");
  }

  @Test
  void aSubscriberThatComesBackKeepsIt() {
    Watched watched = new Watched();
    lab.disconnect(alice, CloseCause.LOST);
    lab.comeBack(alice);
    alice.send(watched.refresh(60));
    bob.reply(bob.expect(Method.SUBSCRIBE), 200, null, "Expires: 60");
    alice.expect(200);
    lab.advance(33_000);
    notify(bob, watched.atBob, "active;expires=10");
    alice.reply(alice.expect(Method.NOTIFY), 200, null);
    bob.expect(200);
  }

  @Test
  void aNotifyInBetweenIsToBeSentAgainAndDoesNotEndIt() {
    Watched watched = new Watched();
    lab.disconnect(alice, CloseCause.LOST);
    notify(bob, watched.atBob, "active;expires=50");
    lab.advance(1);
    assertThat(bob.expect(500).headers().first(HeaderName.RETRY_AFTER)).isEqualTo("5");

    lab.comeBack(alice);
    watched.end();
  }

  @Test
  void aSubscriberThatHasOnlyRegisteredAgainKeepsIt() {
    Watched watched = new Watched();
    lab.disconnect(alice, CloseCause.LOST);
    lab.comeBack(alice);
    lab.advance(33_000);
    watched.end();
  }

  @Test
  void aSubscriberOverUdpThatHasMovedIsFoundWhereItHasRegistered() {
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    carol.send(
        carol
            .request(Method.SUBSCRIBE, "1002")
            .header(HeaderName.CONTACT, "<" + carol.contact() + ">")
            .header(HeaderName.EVENT, EVENT));
    SipRequest arrived = bob.expect(Method.SUBSCRIBE);
    bob.reply(arrived, 200, null, "Expires: 60");
    carol.expect(200);

    SimPhone moved = lab.stranger("1003", "example.com", Transport.UDP, "192.0.2.77");
    lab.unbind(carol.aor());
    lab.bind(
        new Binding(
            moved.aor(),
            carol.contact().toString(),
            moved.sbcEnd().id(),
            List.of(),
            carol.userAgent() + carol.contact(),
            0,
            0,
            "reg",
            1,
            Binding.DEFAULT_Q,
            null,
            Long.MAX_VALUE));
    notify(bob, bob.dialog(arrived), "terminated;reason=timeout");
    moved.reply(moved.expect(Method.NOTIFY), 200, null);
    bob.expect(200);
    assertThat(carol.firstLines()).isEmpty();
  }

  @Test
  void refusalsAreHandedBack() {
    subscribe("1002");
    bob.reply(bob.expect(Method.SUBSCRIBE), 489, null, "Allow-Events: dialog");
    assertThat(alice.expect(489).headers().first(HeaderName.ALLOW_EVENTS)).isEqualTo("dialog");
    subscribe("1999");
    alice.expect(404);
    alice.send(
        alice
            .request(Method.SUBSCRIBE, "1002")
            .header(HeaderName.CONTACT, "<" + alice.contact() + ">"));
    alice.expect(489);
  }

  @Test
  void noRefusalKeepsAWatcherAwayFromUs() {
    subscribe("1002");
    bob.reply(bob.expect(Method.SUBSCRIBE), 503, null, "Retry-After: 3600");
    assertThat(alice.expect(503).headers().has(HeaderName.RETRY_AFTER)).isFalse();

    Watched watched = new Watched();
    alice.send(watched.refresh(60));
    bob.reply(bob.expect(Method.SUBSCRIBE), 503, null, "Retry-After: 3600");
    assertThat(alice.expect(503).headers().has(HeaderName.RETRY_AFTER)).isFalse();
  }

  @Test
  void strangersAndForgedNotifiesGetNothing() {
    Watched watched = new Watched();
    alice.send(
        alice
            .request(Method.SUBSCRIBE, "1002")
            .remove(HeaderName.PROXY_AUTHORIZATION)
            .header(HeaderName.EVENT, "presence"));
    alice.expect(407);
    SimPhone mallory = lab.phone("1066", Transport.UDP, "192.0.2.66");
    mallory.send(
        watched
            .atBob
            .request(Method.NOTIFY)
            .replace(HeaderName.TO, "<sip:1001@example.com>;tag=guessed")
            .header(HeaderName.SUBSCRIPTION_STATE, "terminated"));
    mallory.expect(481);
    assertThat(alice.firstLines()).isEmpty();
    watched.end();
  }

  @Test
  void oneSubscriptionTooManyIsRefusedAndCounted() {
    Lab small = new Lab(Lab.CONFIG, new CallLimits(10, 10, 1, 5_000, 32_000));
    SimPhone watcher = small.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone watched = small.phone("1002", Transport.TCP, "192.0.2.22");
    watcher.send(watcher.subscription("1002", "presence", 60));
    SipRequest first = watched.expect(Method.SUBSCRIBE);
    watcher.send(watcher.subscription("1002", "presence", 60));

    assertThat(watcher.expect(503).headers().has(HeaderName.RETRY_AFTER)).isTrue();
    assertThat(small.core().subscriptions().refused()).isEqualTo(1);
    watched.reply(first, 489, null);
    watcher.expect(489);
    assertThat(small.core().subscriptions().size()).isZero();
    small.assertClean();
  }

  @Test
  void oneAccountLeavesPlacesForTheSubscriptionsOfOthers() {
    Lab small = new Lab(Lab.CONFIG, new CallLimits(10, 10, 20, 5_000, 32_000));
    SimPhone greedy = small.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone other = small.phone("1003", Transport.TCP, "192.0.2.33");
    SimPhone watched = small.phone("1002", Transport.TCP, "192.0.2.22");
    greedy.send(greedy.subscription("1002", "presence", 60));
    greedy.send(greedy.subscription("1002", "presence", 60));
    SipRequest first = watched.expect(Method.SUBSCRIBE);
    SipRequest second = watched.expect(Method.SUBSCRIBE);
    greedy.send(greedy.subscription("1002", "presence", 60));
    greedy.expect(503);

    other.send(other.subscription("1002", "presence", 60));
    watched.reply(watched.expect(Method.SUBSCRIBE), 489, null);
    other.expect(489);
    watched.reply(first, 489, null);
    greedy.expect(489);
    greedy.send(greedy.subscription("1002", "presence", 60));
    watched.reply(watched.expect(Method.SUBSCRIBE), 489, null);
    greedy.expect(489);
    watched.reply(second, 489, null);
    greedy.expect(489);
    small.assertClean();
  }
}
