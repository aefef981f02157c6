package org.drawbridge.routing.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteTableTest {

  private static final CallSource ALICE = new CallSource.Registered("1001", "example.com");
  private static final CallSource ACME = new CallSource.FromTrunk("acme");
  private static final CallSource BETA = new CallSource.FromTrunk("beta");
  private static final CallSource STRANGER =
      new CallSource.Anonymous(InetAddress.ofLiteral("203.0.113.5"));

  private static final String TRUNKS =
      """
      trunks:
        acme: { targets: "sip:acme.example", from: 198.51.100.0/24 }
        beta: { targets: "sip:beta.example", from: 192.0.2.0/24 }
      """;

  private static final String ROUTES =
      """
      routes:
        - name: emergency
          when: { to: "112|911" }
          to: [ { trunk: acme }, { trunk: beta } ]
        - name: no-premium
          when: { to: "0900.*|+44900.*" }
          reject: { code: 403, reason: Premium numbers are closed }
        - name: lab
          when: { from: { account: "10.*" }, to: "8(.*)" }
          set: { to: { strip: 1, add: "+1" }, caller: "lab" }
          to: { trunk: beta }
          ring-timeout: 20s
          on-failure: stop
        - name: outside
          when: { from: registered, to: "(?:00|+)([0-9]{7,15})", caller: "1(0.*)" }
          set: { to: "+$1", caller: "+4420794600$1" }
          to: [ { trunk: acme }, { trunk: beta } ]
        - name: acme-in
          when: { from: acme, to: "+4420794600([0-9]{2})" }
          set: { to: "10$1" }
          to: { registrar: true }
        - name: messages
          when: { method: MESSAGE, from-domain: "partner[.]example", from: any }
          to: { registrar: true }
        - name: inside
          when: { to-domain: local }
          to: { registrar: true }
      """;

  private static final RouteTable TABLE = table(TRUNKS + ROUTES);

  @Test
  void theFirstRouteThatMatchesDecides() {
    assertThat(TABLE.decide(call(ALICE, "112")).route()).isEqualTo("emergency");
    assertThat(TABLE.decide(call(ALICE, "1002")).route()).isEqualTo("inside");
    assertThat(TABLE.decide(call(ALICE, "0900123")))
        .isEqualTo(new RouteDecision.Refuse(403, "Premium numbers are closed", "no-premium"));
  }

  @Test
  void anAccountMayBeNamedWithItsDomain() {
    RouteTable table =
        table(
            """
            routes:
              - name: boss
                when: { from: { account: "1001@example[.]com" }, to: "5" }
                to: { registrar: true }
            """);
    CallSource tenant = new CallSource.Registered("1001", "tenant.example");
    assertThat(table.decide(call(ALICE, "5")).route()).isEqualTo("boss");
    assertThat(table.decide(call(tenant, "5")).route()).isEqualTo(RouteTable.NO_ROUTE);
  }

  @Test
  void nothingIsRoutedWithoutAMatch() {
    assertThat(TABLE.decide(query(ALICE, "INVITE", "1001", "x", "elsewhere.example")))
        .isEqualTo(new RouteDecision.Refuse(404, "No route matches", RouteTable.NO_ROUTE));
  }

  @Test
  void rewritesCallerAndCalleeByTheirOwnCaptures() {
    RouteDecision.Deliver deliver = delivered(TABLE, call(ALICE, "00442079460000"));

    assertThat(deliver.callee().user()).isEqualTo("+442079460000");
    assertThat(deliver.caller().user()).isEqualTo("+4420794600001");
    assertThat(words(deliver)).containsExactly("acme:+442079460000", "beta:+442079460000");
    assertThat(deliver.ringTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(deliver.onFailure().nextAfter(503)).isTrue();
  }

  @Test
  void stripsAndAddsAndTakesItsOwnTimeoutAndPolicy() {
    RouteDecision.Deliver deliver = delivered(TABLE, call(ALICE, "8555"));

    assertThat(words(deliver)).containsExactly("beta:+1555");
    assertThat(deliver.caller()).isEqualTo(new Party("lab", "example.com"));
    assertThat(deliver.ringTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(deliver.onFailure().nextAfter(503)).isFalse();
  }

  @Test
  void aCallFromATrunkReachesTheAccountBehindItsNumber() {
    RouteDecision.Deliver deliver = delivered(TABLE, call(ACME, "+442079460007"));

    assertThat(deliver.route()).isEqualTo("acme-in");
    assertThat(deliver.targets()).containsExactly(new RouteTarget.Registrar("1007", "example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "1002,          none",
    "112,           none",
    "+442079460000, none",
    "0900123,       none",
  })
  void strangersUseOnlyRoutesThatNameThem(String callee, String route) {
    assertThat(TABLE.decide(call(STRANGER, callee)).route()).isEqualTo(route);
  }

  @Test
  void matchesMethodAndDomains() {
    RouteQuery message =
        new RouteQuery(
            STRANGER,
            "MESSAGE",
            new Party("bob", "partner.example"),
            new Party("1002", "example.com"));
    RouteQuery invite =
        new RouteQuery(
            STRANGER,
            "INVITE",
            new Party("bob", "partner.example"),
            new Party("1002", "example.com"));

    assertThat(TABLE.decide(message).route()).isEqualTo("messages");
    assertThat(TABLE.decide(invite).route()).isEqualTo(RouteTable.NO_ROUTE);
  }

  @Test
  void aCallNeverGoesBackToTheTrunkItCameFrom() {
    assertThat(words(delivered(TABLE, call(ACME, "112")))).containsExactly("beta:112");
    assertThat(words(delivered(TABLE, call(BETA, "112")))).containsExactly("acme:112");
  }

  @Test
  void aCallGoesBackWhereTheRouteNamesTheTrunkAsSender() {
    RouteTable hairpin =
        table(TRUNKS + "routes: [ { name: a, when: { from: acme }, to: { trunk: acme } } ]");

    assertThat(words(delivered(hairpin, call(ACME, "5")))).containsExactly("acme:5");
  }

  @Test
  void anyoneDoesNotIncludeStrangersWhereATrunkIsTheTarget() {
    RouteTable any =
        table(
            TRUNKS
                + """
                routes:
                  - { name: out, when: { from: any, to: "9.*" }, to: { trunk: acme } }
                  - { name: echo, when: { from: any, to: "[0-9]+" }, to: { service: echo } }
                """);

    assertThat(delivered(any, call(ALICE, "91")).route()).isEqualTo("out");
    assertThat(delivered(any, call(STRANGER, "91")).targets())
        .containsExactly(new RouteTarget.Service("echo", null));
  }

  @Test
  void strangersReachATrunkWhereTheRouteSaysSo() {
    RouteTable relay =
        table(TRUNKS + "routes: [ { name: a, when: { from: anonymous }, to: { trunk: acme } } ]");

    assertThat(words(delivered(relay, call(STRANGER, "5")))).containsExactly("acme:5");
    assertThat(relay.decide(call(ALICE, "5")).route()).isEqualTo(RouteTable.NO_ROUTE);
  }

  @Test
  void aRouteWhoseRewritingLeavesNothingIsPassedOver() {
    RouteTable empty =
        table(TRUNKS + "routes: [ { name: a, set: { to: { strip: 3 } }, to: { trunk: acme } } ]");

    assertThat(empty.decide(call(ALICE, "123")).route()).isEqualTo(RouteTable.NO_ROUTE);
    assertThat(words(delivered(empty, call(ALICE, "1234")))).containsExactly("acme:4");
  }

  @Test
  void aTrunkIsNotCalledWithoutANumber() {
    RouteTable all = table(TRUNKS + "routes: [ { name: a, to: { trunk: acme } } ]");

    assertThat(all.decide(call(ALICE, "")).route()).isEqualTo(RouteTable.NO_ROUTE);
  }

  @Test
  void anAccountIsLookedForInTheDomainThatWasCalled() {
    RouteTable table = table("routes: [ { name: a, to: { registrar: true } } ]");

    assertThat(delivered(table, query(ALICE, "INVITE", "1001", "7", "other.example")).targets())
        .containsExactly(new RouteTarget.Registrar("7", "other.example"));
    assertThat(delivered(table, query(ALICE, "INVITE", "1001", "7", "nowhere.example")).targets())
        .containsExactly(new RouteTarget.Registrar("7", "example.com"));
  }

  @Test
  void explainsEachRouteUpToTheOneThatDecides() {
    RouteTable.Explanation explanation = TABLE.explain(call(STRANGER, "112"));

    assertThat(explanation.checks().getFirst())
        .isEqualTo(
            new RuleCheck("emergency", false, "the sender is neither an account nor a trunk"));
    assertThat(explanation.decision()).isEqualTo(TABLE.decide(call(STRANGER, "112")));

    assertThat(TABLE.explain(call(ALICE, "+4420794")).checks())
        .containsExactly(
            new RuleCheck("emergency", false, "to does not match 112|911"),
            new RuleCheck("no-premium", false, "to does not match 0900.*|+44900.*"),
            new RuleCheck("lab", false, "to does not match 8(.*)"),
            new RuleCheck("outside", true, "matches"));
    assertThat(TABLE.explain(call(ACME, "1002")).checks())
        .extracting(RuleCheck::why)
        .containsExactly(
            "to does not match 112|911",
            "to does not match 0900.*|+44900.*",
            "the sender is not account 10.*",
            "the sender is not a registered account",
            "to does not match +4420794600([0-9]{2})",
            "method does not match MESSAGE",
            "matches");
  }

  private static RouteTable table(String rest) {
    SbcConfig config =
        ConfigText.config(
            "domains: [example.com, other.example]\n"
                + "listeners: { transport: udp, bind: \"0.0.0.0:5060\" }\n"
                + rest);
    return RouteTable.compile(config);
  }

  private static RouteQuery call(CallSource source, String callee) {
    return query(source, "INVITE", "1001", callee, "example.com");
  }

  private static RouteQuery query(
      CallSource source, String method, String caller, String callee, String domain) {
    return new RouteQuery(
        source, method, new Party(caller, "example.com"), new Party(callee, domain));
  }

  private static RouteDecision.Deliver delivered(RouteTable table, RouteQuery query) {
    RouteDecision decision = table.decide(query);
    assertThat(decision).isInstanceOf(RouteDecision.Deliver.class);
    return (RouteDecision.Deliver) decision;
  }

  /** Trunk targets as {@code trunk:number}. */
  private static List<String> words(RouteDecision.Deliver deliver) {
    return deliver.targets().stream()
        .map(
            target ->
                switch (target) {
                  case RouteTarget.ToTrunk(var trunk, String user, _) -> trunk.name() + ":" + user;
                  case RouteTarget.Registrar registrar -> registrar.toString();
                  case RouteTarget.Accounts accounts -> accounts.toString();
                  case RouteTarget.Service service -> service.toString();
                })
        .toList();
  }
}
