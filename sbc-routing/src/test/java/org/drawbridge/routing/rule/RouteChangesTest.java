package org.drawbridge.routing.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.drawbridge.routing.change.HeaderEdit;
import org.drawbridge.routing.change.Privacy;
import org.drawbridge.routing.condition.KnownFacts;
import org.drawbridge.routing.condition.Offer;
import org.drawbridge.routing.config.reader.ConfigText;
import org.junit.jupiter.api.Test;

/** What routes change of requests, and whom they ring together. */
final class RouteChangesTest {

  private static final CallSource ALICE = new CallSource.Registered("1001", "example.com");

  private static RouteTable table(String route) {
    return RouteTable.compile(
        ConfigText.config(ConfigText.MINIMAL + "routes: [ { name: a, " + route + " } ]"),
        new Surroundings(AccountGroups.NONE, InstantSource.system(), new Random(7)::nextInt));
  }

  private static RouteDecision.Deliver decided(RouteTable table, String to) {
    return (RouteDecision.Deliver) table.decide(query(to));
  }

  private static RouteQuery query(String to) {
    var header = new KnownFacts.Header("X-Customer", "gold\r\nVia: x");
    return new RouteQuery(
        ALICE,
        "INVITE",
        new Party("1001", "example.com"),
        new Party(to, "example.com"),
        new KnownFacts(null, null, List.of(header), Offer.NONE));
  }

  private static List<HeaderEdit> edits(String headers, String to) {
    RouteTable table =
        table(
            "when: { to: \"(?s)(..)(.*)\" }, set: { headers: { %s } }, to: { registrar: true }"
                .formatted(headers));
    return decided(table, to).changes().headers();
  }

  @Test
  void headersAreFilledFromTheCall() {
    assertThat(
            edits(
                "X-Tenant: \"t$1-$0\", X-Who: \"$(source) $(caller)>$(to)\", X-P: \"$$5\"", "4711"))
        .containsExactly(
            new HeaderEdit.Set("X-Tenant", "t47-4711"),
            new HeaderEdit.Set("X-Who", "1001@example.com 1001>4711"),
            new HeaderEdit.Set("X-P", "$5"));
  }

  @Test
  void whatIsFilledInCannotEndALine() {
    assertThat(edits("X-A: \"$(header:x-customer)\", X-B: \"<sip:$2@a>\"", "12a>\r\n\"b\\"))
        .containsExactly(
            new HeaderEdit.Set("X-A", "goldVia: x"), new HeaderEdit.Set("X-B", "<sip:ab@a>"));
  }

  @Test
  void aHeaderWithoutValueOrWithAnEndlessOneIsNotWritten() {
    assertThat(edits("X-A: \"$2\", add: { X-B: \"$(header:X-None)\" }", "12")).isEmpty();
    assertThat(edits("X-A: \"$2\"", "1".repeat(1003))).isEmpty();
  }

  @Test
  void removalsComeFirst() {
    assertThat(edits("X-A: a, add: { X-A: b }, keep: \"X-*\", remove: [ Subject, X-A ]", "4711"))
        .containsExactly(
            new HeaderEdit.Remove("Subject"),
            new HeaderEdit.Remove("X-A"),
            new HeaderEdit.Keep("X-*"),
            new HeaderEdit.Add("X-A", "b"),
            new HeaderEdit.Set("X-A", "a"));
    assertThat(new HeaderEdit.Keep("X-*").covers("x-foo")).isTrue();
    assertThat(new HeaderEdit.Keep("X-*").covers("Y-foo")).isFalse();
  }

  @Test
  void aNumberThatIsNoneInItsCountryLeavesTheCallToTheNextRoute() {
    RouteTable table =
        table("set: { to: { strip: 1, e164: DE }, privacy: id }, to: { registrar: true }");
    assertThat(decided(table, "903012345678").callee().user()).isEqualTo("+493012345678");
    assertThat(decided(table, "903012345678").changes().privacy()).isEqualTo(Privacy.ID);
    assertThat(table.explain(query("91001")).checks().getFirst().why())
        .isEqualTo("it is no possible number in DE");
  }

  @Test
  void timesAndCodecsAreThoseOfTheRoute() {
    RouteDecision.Deliver deliver =
        decided(
            table("to: { registrar: true }, ring-timeout: 5s, total-timeout: 1m, codecs: [pcma]"),
            "1");
    assertThat(deliver.persistence().ringTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(deliver.persistence().totalTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(deliver.handling().codecs()).containsExactly("pcma");
  }

  private static List<List<String>> rounds(RouteTable table) {
    var target = (RouteTarget.Accounts) decided(table, "500").targets().getFirst();
    return target.rounds().stream()
        .map(round -> round.stream().map(RouteTarget.Registrar::user).toList())
        .toList();
  }

  @Test
  void accountsRingAtOnceOrInTurn() {
    assertThat(rounds(table("to: { accounts: [1001, 1002] }")))
        .containsExactly(List.of("1001", "1002"));
    assertThat(rounds(table("to: { accounts: [1001, 1002], ring: in-turn }")))
        .containsExactly(List.of("1001"), List.of("1002"));
  }

  @Test
  void eachCallBeginsAtTheNextAccount() {
    RouteTable table = table("to: { accounts: [1001, 1002, 1003], ring: round-robin }");
    List<String> first =
        List.of(1, 2, 3, 4).stream().map(_ -> rounds(table).getFirst().getFirst()).toList();
    assertThat(first).containsExactly("1001", "1002", "1003", "1001");
    assertThat(rounds(table)).hasSize(3);
  }

  @Test
  void chanceTreatsAllAccountsAlike() {
    RouteTable table = table("to: { accounts: [1001, 1002, 1003], ring: random }");
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      first.merge(rounds(table).getFirst().getFirst(), 1, Integer::sum);
    }
    assertThat(first).hasSize(3);
    assertThat(first.values()).allSatisfy(count -> assertThat(count).isBetween(900, 1100));
  }

  @Test
  void anAddressOutsideIsCalledAsItIsWrittenOrWithTheNumber() {
    var fixed =
        (RouteTarget.ToTrunk)
            decided(table("to: { uri: \"sip:1000@pbx.example:5070;transport=tcp\" }"), "5")
                .targets()
                .getFirst();
    assertThat(fixed.user()).isEqualTo("1000");
    assertThat(fixed.trunk().targets()).hasToString("[sip:pbx.example:5070;transport=tcp]");
    var open =
        (RouteTarget.ToTrunk)
            decided(table("to: { uri: \"sip:pbx.example\" }"), "5").targets().getFirst();
    assertThat(open.user()).isEqualTo("5");
  }

  @Test
  void strangersReachNoAddressOutside() {
    RouteTable table = table("when: { from: any }, to: { uri: \"sip:pbx.example\" }");
    var stranger = new CallSource.Anonymous(InetAddress.getLoopbackAddress());
    var query =
        new RouteQuery(
            stranger, "INVITE", new Party("x", "y.example"), new Party("5", "example.com"));
    assertThat(table.explain(query).checks().getFirst().why())
        .isEqualTo("strangers reach a trunk only where `from` says anonymous");
  }
}
