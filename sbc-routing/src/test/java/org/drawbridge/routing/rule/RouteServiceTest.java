package org.drawbridge.routing.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.drawbridge.routing.change.HeaderEdit;
import org.drawbridge.routing.config.reader.ConfigText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes that a service outside decides: what its answers may say, and what holds without one. */
final class RouteServiceTest {

  private static final CallSource ALICE = new CallSource.Registered("1001", "example.com");

  private static RouteTable table(String asking) {
    return RouteTable.compile(
        ConfigText.config(
            ConfigText.MINIMAL
                + """
                trunks:
                  acme: { targets: "sip:acme.example", from: 198.51.100.0/24 }
                  beta: { targets: "sip:beta.example", from: 192.0.2.0/24 }
                trunk-groups: { both: { trunks: [ acme, beta ] } }
                routes:
                  - { name: asking, when: { from: [ registered, acme, any ], to: "9(.*)" }, %s }
                  - { name: after, when: { from: any }, reject: { code: 486 } }
                """
                    .formatted(asking)));
  }

  private static RouteQuestion question(String asking, CallSource source) {
    return (RouteQuestion) table(asking).consult(query(source));
  }

  private static RouteQuery query(CallSource source) {
    return new RouteQuery(
        source, "INVITE", new Party("1001", "example.com"), new Party("9112", "example.com"));
  }

  private static final String HTTP = "to: { http: \"https://routes.example/decide\" }";

  private static RouteQuestion.Reading answer(String json) {
    return question(HTTP + ", ring-timeout: 7s", ALICE).read(json);
  }

  private static RouteDecision.Deliver decided(String json) {
    RouteQuestion.Reading reading = answer(json);
    assertThat(reading).isInstanceOf(RouteQuestion.Reading.Decided.class);
    return (RouteDecision.Deliver) ((RouteQuestion.Reading.Decided) reading).decision();
  }

  private static String wrong(String json) {
    RouteQuestion.Reading reading = answer(json);
    assertThat(reading).isInstanceOf(RouteQuestion.Reading.Wrong.class);
    return ((RouteQuestion.Reading.Wrong) reading).why();
  }

  @Test
  void anAnswerHasTheKeysOfARoute() {
    RouteDecision.Deliver deliver =
        decided(
            """
            { "to": [ { "trunk": "acme" }, { "registrar": true } ],
              "set": { "to": "+49$1", "headers": { "X-Tenant": "t1" } },
              "total-timeout": "40s" }
            """);
    assertThat(deliver.route()).isEqualTo("asking");
    assertThat(deliver.callee().user()).isEqualTo("+49112");
    assertThat(deliver.targets()).hasSize(2);
    assertThat(deliver.changes().headers()).containsExactly(new HeaderEdit.Set("X-Tenant", "t1"));
    assertThat(deliver.persistence().totalTimeout()).isEqualTo(Duration.ofSeconds(40));
    assertThat(deliver.ringTimeout()).as("of the route").isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void anAnswerMayReject() {
    assertThat(answer("{ \"reject\": { \"code\": 403, \"reason\": \"No credit\" } }"))
        .isEqualTo(
            new RouteQuestion.Reading.Decided(
                new RouteDecision.Refuse(403, "No credit", "asking")));
  }

  @Test
  void answersAreReadAsStrictlyAsTheFile() {
    assertThat(wrong("{ \"to\": { \"trunk\": \"acm\" } }"))
        .isEqualTo("answer:1:20: unknown trunk \"acm\": did you mean \"acme\"? valid: acme, beta");
    assertThat(wrong("{ \"too\": { \"trunk\": \"acme\" } }")).contains("\"to\" or \"reject\"");
    assertThat(wrong("{ \"to\": [] }")).contains("at least one target");
    assertThat(wrong("trunk: acme")).isEqualTo("answer: is not a JSON object");
    assertThat(wrong("")).isEqualTo("answer: is not a JSON object");
    assertThat(wrong("{ \"to\": ")).contains("not YAML");
    assertThat(wrong("{ \"to\": { \"http\": \"http://x.example/\" } }"))
        .contains("a service cannot name another one");
    assertThat(wrong("{ \"to\": { \"uri\": \"sip:${PASSWORD}@x.example\" } }"))
        .as("the environment is none of its business")
        .contains("PASSWORD is not set");
    assertThat(
            wrong(
                "{ \"to\": { \"registrar\": true }, \"set\": { \"headers\": { \"Via\": \"x\" } } }"))
        .contains("Via is ours");
  }

  @Test
  void anAnswerReachesNoMoreThanItsRouteCould() {
    RouteQuestion fromAcme = question(HTTP, new CallSource.FromTrunk("beta"));
    assertThat(fromAcme.read("{ \"to\": { \"trunk\": \"beta\" } }"))
        .isEqualTo(
            new RouteQuestion.Reading.Wrong(
                "a call from trunk beta goes back there only where `from` names it"));
    RouteQuestion stranger =
        question(HTTP, new CallSource.Anonymous(InetAddress.getLoopbackAddress()));
    for (String target : new String[] {"\"group\": \"both\"", "\"uri\": \"sip:x.example\""}) {
      assertThat(stranger.read("{ \"to\": { " + target + " } }"))
          .isEqualTo(
              new RouteQuestion.Reading.Wrong(
                  "strangers reach a trunk only where `from` says anonymous"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ { http: \"http://r.example/\" }, { trunk: acme } ] | asking",
        "[ { http: \"http://r.example/\" } ] | after",
        "[ { http: \"http://r.example/\", fallback: reject }, { trunk: acme } ] | asking",
      })
  void withoutAnAnswerTheFallbackHolds(String targets, String route) {
    RouteQuestion question = question("to: " + targets, ALICE);
    RouteDecision decision = (RouteDecision) question.fallback();
    assertThat(decision.route()).isEqualTo(route);
    assertThat(decision).isEqualTo(table("to: " + targets).decide(query(ALICE)));
    if (targets.contains("reject")) {
      assertThat(decision)
          .isEqualTo(new RouteDecision.Refuse(503, "Nobody can route this now", "asking"));
    }
  }

  @Test
  void explainSaysWhoWouldBeAskedOrWhatWasAnswered() {
    RouteTable table = table(HTTP);
    assertThat(table.explain(query(ALICE)).checks())
        .containsExactly(
            new RuleCheck(
                "asking",
                false,
                "https://routes.example/decide would be asked; without its answer:"),
            new RuleCheck("after", true, "matches"));
    assertThat(
            table.explain(query(ALICE), q -> q.read("{ \"reject\": { \"code\": 480 } }")).checks())
        .containsExactly(
            new RuleCheck("asking", true, "https://routes.example/decide has decided"));
  }

  @Test
  void whatTheServiceKnowsUsByIsNotShown() {
    String asking = HTTP.replace("decide", "decide?key=s3cret");
    assertThat(question(asking, ALICE).service().url()).hasQuery("key=s3cret");
    assertThat(table(asking).explain(query(ALICE)).checks().toString())
        .contains("https://routes.example/decide would be asked")
        .doesNotContain("s3cret");
    assertThat(question(asking, ALICE).service().shown())
        .isEqualTo("https://routes.example/decide");
  }
}
