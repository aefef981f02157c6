package org.drawbridge.ua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuestion;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for a route service. */
final class OpenQuestionTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final Lab lab =
      new Lab(
          """
          domains: [example.com]
          listeners: { transport: udp, bind: "0.0.0.0:5060" }
          routes:
            - { name: asking, when: { to: "5.*" }, to: { http: "http://127.0.0.1:1/" } }
            - { name: inside, to: { registrar: true } }
          """,
          CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");
  private final List<Open> open = new ArrayList<>();

  private record Open(RouteQuestion question, Executor on, Consumer<RouteDecision> result) {
    void answer(String json) {
      var decided = (RouteQuestion.Reading.Decided) question.read(json);
      on.execute(() -> result.accept(decided.decision()));
    }
  }

  @BeforeEach
  void ask() {
    lab.core().askBy((question, _, on, result) -> open.add(new Open(question, on, result)));
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void theCallGoesWhereTheServiceSays() {
    SipRequest invite = alice.invite("500", OFFER);
    lab.settle();
    assertThat(bob.firstLines()).isEmpty();
    open.getFirst().answer("{ \"to\": { \"accounts\": \"1002\" } }");
    bob.reply(bob.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void theCallerHearsThatItsCallIsTriedMeanwhile() {
    SipRequest invite = alice.invite("500", OFFER);
    lab.advance(300);
    alice.expect(100);
    open.getFirst().answer("{ \"reject\": { \"code\": 404 } }");
    alice.ackFailure(invite, alice.expect(404));
  }

  @Test
  void aCallTakenBackMeanwhileIsOver() {
    SipRequest invite = alice.invite("500", OFFER);
    lab.settle();
    alice.cancel(invite);
    alice.expect(200);
    alice.ackFailure(invite, alice.expect(487));
    open.getFirst().answer("{ \"to\": { \"accounts\": \"1002\" } }");
    lab.settle();
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void withoutAnAnswerTheNextRouteHolds() {
    SipRequest invite = alice.invite("500", OFFER);
    lab.settle();
    Open first = open.getFirst();
    first.on().execute(() -> first.result().accept((RouteDecision) first.question().fallback()));
    alice.ackFailure(invite, alice.expect(404));
  }
}
