package org.drawbridge.routing.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.drawbridge.routing.condition.KnownFacts;
import org.drawbridge.routing.condition.MediaKind;
import org.drawbridge.routing.condition.Offer;
import org.drawbridge.routing.condition.RequestFacts;
import org.drawbridge.routing.config.reader.ConfigText;
import org.drawbridge.routing.value.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What routes ask of a request beside who calls whom, and what explain says of it. */
final class CircumstanceTest {

  private static final Instant SATURDAY = Instant.parse("2026-11-21T09:00:00Z");

  private static final AccountGroups SALES =
      (account, _, group) -> group.equals("sales") && account.equals("1001");

  private static RuleCheck check(String when, RequestFacts facts) {
    return check(when, "1001", "4930123", facts);
  }

  private static RuleCheck check(String when, String from, String to, RequestFacts facts) {
    var config =
        ConfigText.config(
            ConfigText.MINIMAL
                + "routes: [ { name: a, when: { %s }, to: { registrar: true } } ]".formatted(when));
    RouteTable table = RouteTable.compile(config, SALES, InstantSource.fixed(SATURDAY));
    var query =
        new RouteQuery(
            new CallSource.Registered(from, "example.com"),
            "INVITE",
            new Party(from, "example.com"),
            new Party(to, "example.com"),
            facts);
    assertThat(table.decide(query) instanceof RouteDecision.Deliver)
        .isEqualTo(table.explain(query).checks().getFirst().matched());
    return table.explain(query).checks().getFirst();
  }

  private static KnownFacts headers(String... values) {
    List<KnownFacts.Header> lines =
        List.of(values).stream().map(value -> new KnownFacts.Header("X-Customer", value)).toList();
    return new KnownFacts(null, null, lines, Offer.NONE);
  }

  private static KnownFacts over(String address, Transport transport) {
    return new KnownFacts(InetAddress.ofLiteral(address), transport, List.of(), new OpusAndVideo());
  }

  private record OpusAndVideo() implements Offer {
    @Override
    public boolean hasCodec(String name) {
      return name.equals("opus");
    }

    @Override
    public boolean has(MediaKind kind) {
      return kind == MediaKind.AUDIO || kind == MediaKind.VIDEO;
    }

    @Override
    public String toString() {
      return "audio, video with opus";
    }
  }

  @Test
  void aNetworkIsThatOfTheSourceAddress() {
    var facts = over("10.1.2.3", Transport.UDP);
    assertThat(check("network: [ 192.0.2.0/24, 10.0.0.0/8 ]", facts))
        .isEqualTo(
            new RuleCheck(
                "a", true, "matches: network 192.0.2.0/24 or 10.0.0.0/8 matches 10.1.2.3"));
    assertThat(check("network: \"2001:db8::/32\"", facts).why())
        .isEqualTo("network 2001:db8:0:0:0:0:0:0/32 does not match 10.1.2.3");
    assertThat(check("network: 10.0.0.0/8", RequestFacts.UNKNOWN).why())
        .isEqualTo("network 10.0.0.0/8 does not match an unknown address");
  }

  @Test
  void aTransportIsOneOfThose() {
    var facts = over("10.1.2.3", Transport.WSS);
    assertThat(check("transport: [ ws, wss ]", facts).matched()).isTrue();
    assertThat(check("transport: tls", facts).why()).isEqualTo("transport tls does not match wss");
  }

  @Test
  void anAccountMayBelongToAGroup() {
    assertThat(check("from: { group: sales }", RequestFacts.UNKNOWN).matched()).isTrue();
    assertThat(check("from: { group: sales }", "1002", "1", RequestFacts.UNKNOWN).why())
        .isEqualTo("the sender is not an account of group sales");
  }

  @Test
  void aHeaderMatchesByAnyOfItsLines() {
    assertThat(check("header: { x-customer: \"gold.*\" }", headers("silver", "gold-1")).matched())
        .isTrue();
    assertThat(check("header: { X-Customer: \"gold.*\" }", headers("silver", "bronze")).why())
        .isEqualTo("header X-Customer gold.* does not match silver and bronze");
    assertThat(check("header: { X-Customer: \".*\" }", headers()).why())
        .isEqualTo("header X-Customer .* does not match no such header");
  }

  @Test
  void endlessHeadersAreNotLookedAt() {
    assertThat(check("header: { X-Customer: \".*\" }", headers("a".repeat(1001))).matched())
        .isFalse();
    String[] lines = new String[21];
    java.util.Arrays.fill(lines, "silver");
    lines[20] = "gold";
    assertThat(check("header: { X-Customer: gold }", headers(lines)).matched()).isFalse();
    lines[19] = "gold";
    assertThat(check("header: { X-Customer: gold }", headers(lines)).matched()).isTrue();
  }

  @Test
  void codecsAndMediaAreThoseOfTheOffer() {
    var facts = over("10.1.2.3", Transport.WSS);
    assertThat(check("codec: [ g722, opus ]", facts).matched()).isTrue();
    assertThat(check("codec: g722", facts).why())
        .isEqualTo("codec g722 does not match an offer of audio, video with opus");
    assertThat(check("media: [ fax, video ]", facts).matched()).isTrue();
    assertThat(check("media: webrtc", facts).matched()).isFalse();
  }

  @Test
  void explainShowsTheTimeOnTheWall() {
    String when = "time: { zone: Europe/Berlin, days: mon-fri, hours: \"08:00-18:00\" }";
    assertThat(check(when, RequestFacts.UNKNOWN).why())
        .isEqualTo(
            "time mon-fri 08:00-18:00 Europe/Berlin does not match Sat 2026-11-21 10:00 Europe/Berlin");
  }

  @Test
  void aListOfPrefixesIsReadFromAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("prefixes.csv");
    Files.writeString(file, "prefix,where\n# ours\n4930,Berlin\n+4940\n\n");
    String when = "to: { prefixes: " + file + " }";

    assertThat(check(when, "1001", "+4930123", RequestFacts.UNKNOWN).why())
        .isEqualTo("matches: to prefixes of " + file + " matches +4930123, on the list as 4930");
    assertThat(check(when, "1001", "4989123", RequestFacts.UNKNOWN).why())
        .isEqualTo("to prefixes of " + file + " does not match 4989123");
  }

  @Test
  void numbersOfAListAreWhole() {
    String when = "caller: { numbers: [ \"1001\", alice ] }";
    assertThat(check(when, "alice", "1", RequestFacts.UNKNOWN).matched()).isTrue();
    assertThat(check(when, "10010", "1", RequestFacts.UNKNOWN).why())
        .isEqualTo("caller numbers of the route does not match 10010");
  }

  @Test
  void allConditionsMustHold() {
    var facts = over("10.1.2.3", Transport.WSS);
    assertThat(check("network: 10.0.0.0/8, codec: opus", facts).matched()).isTrue();
    assertThat(check("network: 10.0.0.0/8, codec: g722", facts).matched()).isFalse();
  }
}
