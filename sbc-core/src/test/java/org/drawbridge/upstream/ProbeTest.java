package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asking the targets of a trunk whether they are there, and what calls make of it. */
final class ProbeTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme: { targets: [ "sip:203.0.113.1", "sip:203.0.113.2" ], probe: 30s }
        beta: { targets: "sip:203.0.113.3", username: me, password: secret, register: true }
      routes:
        - name: both
          when: { from: registered, to: "+.*" }
          to: [ { trunk: beta }, { trunk: acme } ]
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final UpstreamLab upstream = new UpstreamLab(CONFIG);
  private final SimPhone alice = upstream.lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone first = upstream.lab.trunk("203.0.113.1");
  private final SimPhone second = upstream.lab.trunk("203.0.113.2");
  private final SimPhone registrar = upstream.lab.trunk("203.0.113.3");

  @AfterEach
  void nothingIsLeft() {
    upstream.stop();
    upstream.lab.assertClean();
  }

  @Test
  void aTargetIsDownAfterThreeSilencesAndUpWithTheFirstAnswer() {
    begin();
    miss(2);
    assertThat(target().up()).isTrue();
    miss(1);
    assertThat(target().up()).isFalse();
    assertThat(target().reason()).isEqualTo("no answer to OPTIONS");

    first.reply(latest(), 404, null);
    assertThat(target().up()).isTrue();
  }

  @Test
  void ofATargetNothingIsKnownBeforeItsFirstAnswer() {
    begin();
    assertThat(target().up()).isTrue();
    assertThat(target().known()).isFalse();
    assertThat(target().reason()).isEqualTo("nothing heard of it yet");

    first.reply(latest(), 200, null);
    assertThat(target().known()).isTrue();
    assertThat(target().reason()).isEqualTo("answers");
  }

  @Test
  void fiveHundredAndThreeIsNoSignOfLife() {
    begin();
    for (int i = 0; i < 3; i++) {
      first.reply(first.expect(Method.OPTIONS), 503, null);
      upstream.lab.advance(27_000);
    }

    assertThat(target().up()).isFalse();
  }

  @Test
  void callsGoPastATargetThatIsDownAndATrunkThatIsNotRegistered() {
    begin();
    miss(3);
    refuse(second);

    assertThat(first.firstLines()).noneMatch(line -> line.startsWith("INVITE"));
    assertThat(registrar.firstLines()).noneMatch(line -> line.startsWith("INVITE"));
  }

  @Test
  void whenAllAreDownTheyAreTriedAllTheSame() {
    upstream.start();
    for (int i = 0; i < 3; i++) {
      upstream.lab.advance(27_000);
    }
    assertThat(upstream.board.status().getFirst().targets()).noneMatch(TargetStatus::up);

    refuse(first);
  }

  @Test
  void aTargetThatACallCouldNotReachIsLeftAloneForAWhile() {
    SipRequest invite = alice.invite("+15550100", OFFER);
    first.expect(Method.INVITE);
    upstream.lab.advance(5_100);
    second.reply(second.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
    first.clear();

    refuse(second);
    assertThat(first.firstLines()).isEmpty();
    upstream.lab.advance(30_000);
    first.clear(); // of the first INVITE, repeated in vain
    refuse(first);
  }

  @Test
  void aTargetThatAsksToBeLeftAloneIs() {
    SipRequest invite = alice.invite("+15550100", OFFER);
    first.reply(first.expect(Method.INVITE), 503, null, "Retry-After: 60 (maintenance)");
    second.reply(second.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
    upstream.lab.advance(40_000);
    first.clear();

    refuse(second);
    assertThat(first.firstLines()).isEmpty();
  }

  /** A mistake in the header must not cost us the trunk until we are started anew. */
  @Test
  void noTargetIsLeftAloneForMoreThanTenMinutes() {
    SipRequest invite = alice.invite("+15550100", OFFER);
    first.reply(first.expect(Method.INVITE), 503, null, "Retry-After: 999999999");
    second.reply(second.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
    assertThat(target().up()).isFalse();
    upstream.lab.advance(601_000);
    first.clear();

    assertThat(target().up()).isTrue();
    refuse(first);
  }

  /** A number that is congested is no sign of how all other calls would fare. */
  @Test
  void aTargetThatCannotServeOneCallIsNotDown() {
    SipRequest invite = alice.invite("+15550100", OFFER);
    first.reply(first.expect(Method.INVITE), 503, null);
    second.reply(second.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
    first.clear();

    assertThat(target().up()).isTrue();
    refuse(first);
  }

  @Test
  void aTrunkThatMustBeRegisteredIsCalledOnceItIs() {
    upstream.start();
    UpstreamLab.accept(registrar, UpstreamLab.register(registrar), 600);

    refuse(registrar);
    assertThat(first.firstLines()).noneMatch(line -> line.startsWith("INVITE"));
  }

  private void begin() {
    upstream.start();
    upstream.lab.advance(10);
  }

  /** The newest probe of the first target; those before it were repeated in vain. */
  private SipRequest latest() {
    SipRequest latest = first.expect(Method.OPTIONS);
    while (!first.firstLines().isEmpty()) {
      latest = first.expect(Method.OPTIONS);
    }
    return latest;
  }

  /** Lets some rounds of probes of the first target go unanswered; the second one answers. */
  private void miss(int rounds) {
    for (int i = 0; i < rounds; i++) {
      second.reply(second.expect(Method.OPTIONS), 200, null);
      first.expect(Method.OPTIONS);
      upstream.lab.advance(27_000);
    }
  }

  /** Calls and lets this one say that the callee is busy. */
  private void refuse(SimPhone target) {
    SipRequest invite = alice.invite("+15550100", OFFER);
    target.reply(target.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  private TargetStatus target() {
    return upstream.board.status().getFirst().targets().getFirst();
  }
}
