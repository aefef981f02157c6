package org.drawbridge.routing.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.routing.config.reader.ConfigText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to services (RFC 5031) in place of numbers. */
final class ServiceRouteTest {

  private static final CallSource ALICE = new CallSource.Registered("1001", "example.com");

  private static final String TRUNKS =
      """
      trunks:
        acme: { targets: "sip:acme.example", number-format: plus-less }
        ng: { targets: "sip:esrp.example", service-urns: true }
      """;

  @ParameterizedTest
  @CsvSource({
    "112, 112",
    "urn:service:sos, 112",
    "urn:service:sos.fire, 112",
    "urn:service:sos.police.traffic, 110",
    "urn:service:sosx, none",
    "urn:service:counseling, none",
  })
  void aRouteForAServiceTakesItsSubServicesToo(String called, String number) {
    RouteTable table =
        table(
            """
            routes:
              - name: police
                when: { to: "110|urn:service:sos.police" }
                set: { to: "110" }
                to: { trunk: acme }
              - name: help
                when: { to: "112|urn:service:sos" }
                set: { to: "112" }
                to: { trunk: acme }
            """);
    assertThat(words(table, called))
        .isEqualTo(number.equals("none") ? "404 No route matches" : "acme:" + number);
  }

  @Test
  void aTrunkThatTakesUrnsGetsWhatWasCalledWhileOthersGetTheNumber() {
    RouteTable table =
        table(
            "routes: [ { name: a, when: { to: \"112|urn:service:sos\" }, set: { to: \"+112\" },"
                + " to: [ { trunk: ng }, { trunk: acme } ] } ]");
    assertThat(words(table, "urn:service:sos.fire")).isEqualTo("ng:urn:service:sos.fire acme:112");
    assertThat(words(table, "112")).isEqualTo("ng:+112 acme:112");
  }

  @Test
  void aNumberCanBecomeAService() {
    RouteTable table =
        table(
            "routes: [ { name: a, when: { to: \"112|911\" }, set: { to: \"urn:service:sos\" },"
                + " to: [ { trunk: ng } ] } ]");
    assertThat(words(table, "911")).isEqualTo("ng:urn:service:sos");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ trunk: acme }     | trunk acme takes numbers only: `set: to` gives one,"
            + " its `service-urns` would let urn:service:sos pass",
        "{ registrar: true } | a service is no account",
        "{ uri: \"sip:pbx.example\" } | an address outside needs a number to call",
      })
  void whoTakesNumbersOnlyIsNotCalled(String target, String why) {
    RouteTable table = table("routes: [ { name: all, to: [ " + target + " ] } ]");
    assertThat(table.explain(call("urn:service:sos")).checks())
        .containsExactly(new RuleCheck("all", false, why));
    assertThat(words(table, "urn:service:sos")).isEqualTo("404 No route matches");
  }

  @Test
  void accountsAndAddressesOfTheirOwnAreCalled() {
    RouteTable table =
        table(
            "routes: [ { name: a, to: [ { accounts: 1002 }, { uri: \"sip:guard@pbx.example\" } ] } ]");
    assertThat(words(table, "urn:service:sos")).isEqualTo("1002@example.com sip:pbx.example:guard");
  }

  @Test
  void whatIsDoneToANumberLeavesAServiceAsItIs() {
    for (String change : List.of("{ strip: 1, add: \"+\" }", "{ e164: DE }", "\"+$0\"", "\"$1\"")) {
      RouteTable table =
          table(
              "routes: [ { name: a, when: { to: \"9(112)|urn:service:sos\" }, set: { to: %s },"
                      .formatted(change)
                  + " to: { trunk: ng } } ]");
      assertThat(words(table, "urn:service:sos.fire")).isEqualTo("ng:urn:service:sos.fire");
    }
  }

  @Test
  void groupsOfTheExpressionAreThoseOfTheServiceThatMatched() {
    RouteTable table =
        table(
            "routes: [ { name: a, when: { to: \"urn:service:(sos)\" },"
                + " set: { headers: { X-Service: \"$1\" } }, to: { trunk: ng } } ]");
    RouteDecision.Deliver route =
        (RouteDecision.Deliver) table.decide(call("urn:service:sos.fire"));
    assertThat(route.changes().toString()).contains("sos").doesNotContain("fire");
  }

  @Test
  void aListOfNumbersMayHaveServices() {
    RouteTable table =
        table(
            "routes: [ { name: a, when: { to: { numbers: [ \"112\", \"urn:service:sos\" ] } },"
                + " to: { trunk: ng } } ]");
    assertThat(words(table, "urn:service:sos.fire")).isEqualTo("ng:urn:service:sos.fire");
    assertThat(words(table, "urn:service:info")).isEqualTo("404 No route matches");
    assertThat(table.explain(call("urn:service:sos.fire")).checks().getFirst().why())
        .endsWith("urn:service:sos.fire, on the list as urn:service:sos");
  }

  private static RouteTable table(String routes) {
    return RouteTable.compile(ConfigText.config(ConfigText.MINIMAL + TRUNKS + routes));
  }

  private static RouteQuery call(String called) {
    return new RouteQuery(
        ALICE, "INVITE", new Party("1001", "example.com"), new Party(called, "example.com"));
  }

  private static String words(RouteTable table, String called) {
    return switch (table.decide(call(called))) {
      case RouteDecision.Refuse(int status, String reason, _) -> status + " " + reason;
      case RouteDecision.Deliver deliver ->
          String.join(" ", deliver.targets().stream().map(ServiceRouteTest::word).toList());
    };
  }

  private static String word(RouteTarget target) {
    return switch (target) {
      case RouteTarget.ToTrunk(var trunk, String user, _) -> trunk.name() + ":" + user;
      case RouteTarget.Registrar(String user, String domain) -> user + "@" + domain;
      case RouteTarget.Accounts(var rounds) -> word(rounds.getFirst().getFirst());
      case RouteTarget.Service service -> service.name();
    };
  }
}
