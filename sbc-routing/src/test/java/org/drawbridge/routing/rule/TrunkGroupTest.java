package org.drawbridge.routing.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.drawbridge.routing.config.reader.ConfigText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which trunk of several comes first. */
final class TrunkGroupTest {

  private static final CallSource ALICE = new CallSource.Registered("1001", "example.com");

  private static RouteTable table(String groups, String targets) {
    return RouteTable.compile(
        ConfigText.config(
            """
            domains: [example.com]
            listeners: { transport: udp, bind: "0.0.0.0:5060" }
            trunks:
              acme: { targets: "sip:acme.example", from: 198.51.100.0/24 }
              beta: { targets: "sip:beta.example" }
              gamma: { targets: "sip:gamma.example" }
            %s
            routes: [ { name: out, to: %s } ]
            """
                .formatted(groups, targets)),
        new Surroundings(AccountGroups.NONE, InstantSource.system(), new Random(4)::nextInt));
  }

  private static List<String> order(RouteTable table, CallSource source, String number) {
    RouteQuery query =
        new RouteQuery(
            source, "INVITE", new Party("1001", "example.com"), new Party(number, "example.com"));
    return switch (table.decide(query)) {
      case RouteDecision.Deliver deliver ->
          deliver.targets().stream()
              .map(target -> ((RouteTarget.ToTrunk) target).trunk().name())
              .toList();
      case RouteDecision.Refuse refuse -> List.of(refuse.reason());
    };
  }

  private static List<String> order(RouteTable table) {
    return order(table, ALICE, "4420");
  }

  @Test
  void weightsShareCallsAndTheOthersFollow() {
    RouteTable table =
        table("", "[ { trunk: acme, weight: 70 }, { trunk: beta, weight: 30 }, { trunk: gamma } ]");
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      List<String> order = order(table);
      assertThat(order).hasSize(3).endsWith("gamma").contains("acme", "beta");
      first.merge(order.getFirst(), 1, Integer::sum);
    }
    assertThat(first.get("acme")).isBetween(6_995, 7_005);
  }

  @Test
  void ofAnyHundredCallsInARowEachHasItsShare() {
    RouteTable table =
        table(
            "",
            "[ { trunk: acme, weight: 7 }, { trunk: beta, weight: 2 }, { trunk: gamma, weight: 1 } ]");
    List<String> first = Stream.generate(() -> order(table).getFirst()).limit(2_000).toList();
    for (int i = 0; i + 100 <= first.size(); i++) {
      List<String> row = first.subList(i, i + 100);
      assertThat(Collections.frequency(row, "acme")).isBetween(67, 73);
      assertThat(Collections.frequency(row, "beta")).isBetween(17, 23);
      assertThat(Collections.frequency(row, "gamma")).isBetween(8, 12);
    }
  }

  @Test
  void callsOfEverySecondCallerAreSharedJustAsWell() {
    RouteTable table = table("", "[ { trunk: acme, weight: 1 }, { trunk: beta, weight: 1 } ]");
    List<String> first = Stream.generate(() -> order(table).getFirst()).limit(2_000).toList();
    long ofEven = IntStream.range(0, 1_000).filter(i -> first.get(2 * i).equals("acme")).count();
    assertThat(ofEven).isBetween(490L, 510L);
  }

  @Test
  void theSecondPlaceIsSharedByWeightToo() {
    RouteTable table =
        table(
            "",
            "[ { trunk: acme, weight: 1 }, { trunk: beta, weight: 9 }, { trunk: gamma, weight: 90 } ]");
    long betaAfterGamma =
        Stream.generate(() -> order(table))
            .limit(2_000)
            .filter(order -> order.getFirst().equals("gamma") && order.get(1).equals("beta"))
            .count();
    assertThat(betaAfterGamma).isBetween(1_550L, 1_690L);
  }

  @Test
  void aGroupIsTriedInItsOrder() {
    RouteTable table =
        table(
            "trunk-groups: { out: { trunks: [beta, acme] } }",
            "[ { group: out }, { trunk: gamma } ]");
    assertThat(order(table)).containsExactly("beta", "acme", "gamma");
    assertThat(order(table)).containsExactly("beta", "acme", "gamma");
  }

  @Test
  void roundRobinBeginsWithTheNextEachTime() {
    RouteTable table =
        table(
            "trunk-groups: { out: { pick: round-robin, trunks: [acme, beta, gamma] } }",
            "{ group: out }");
    assertThat(order(table)).containsExactly("acme", "beta", "gamma");
    assertThat(order(table)).containsExactly("beta", "gamma", "acme");
    assertThat(order(table)).containsExactly("gamma", "acme", "beta");
    assertThat(order(table)).containsExactly("acme", "beta", "gamma");
  }

  @Test
  void theCheapestComesFirstAndOneWithoutAPriceNotAtAll(@TempDir Path folder) throws IOException {
    Path prices = folder.resolve("prices.csv");
    Files.writeString(prices, "acme,44,0.02\nbeta,44,0.01\nacme,4420,0.001\n");
    RouteTable table =
        table(
            "trunk-groups: { out: { pick: price, prices: \"%s\", trunks: [acme, beta, gamma] } }"
                .formatted(prices),
            "{ group: out }");
    assertThat(order(table, ALICE, "442079460000")).containsExactly("acme", "beta");
    assertThat(order(table, ALICE, "441632960000")).containsExactly("beta", "acme");
    assertThat(order(table, ALICE, "33123456789")).containsExactly("No route matches");
  }

  @Test
  void aGroupDoesNotSendACallBackToWhereItCameFrom() {
    RouteTable table = table("trunk-groups: { out: { trunks: [acme, beta] } }", "{ group: out }");
    assertThat(order(table, new CallSource.FromTrunk("acme"), "4420")).containsExactly("beta");
    CallSource stranger = new CallSource.Anonymous(InetAddress.ofLiteral("203.0.113.5"));
    assertThat(order(table, stranger, "4420")).containsExactly("No route matches");
  }
}
