package org.drawbridge.routing.config.reader;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in routes, their targets and trunk groups; the paragraph sign marks the place. */
final class RouteErrorsTest {

  private static final String TRUNK = "trunks: { acme: { targets: [ \"sip:a.example\" ] } }\n";

  private static final String PRICES = "../config/examples/prices.csv";

  static Stream<Arguments> routes() {
    return Stream.of(
        arguments("routes: [ §{ to: [ { registrar: true } ] } ]", "\"name\" is missing here"),
        arguments(
            "routes: [ { name: a, reject: { code: 403 } }, { name: §a, reject: { code: 403 } } ]",
            "another route is already called \"a\""),
        arguments("routes: [ §{ name: a } ]", "a route needs \"to\" or \"reject\""),
        arguments(
            "routes: [ §{ name: a, to: { registrar: true }, reject: { code: 403 } } ]",
            "\"to\" and \"reject\" exclude one another"),
        arguments(
            "routes: [ { name: a, from: §acme, to: { registrar: true } } ]",
            "\"from\" is a condition: write when: { from: ... }"),
        arguments("routes: [ { name: a, to: §[] } ]", "at least one target is needed"),
        arguments(
            "routes: [ { name: a, to: [ { trunk: §acm } ] } ]",
            "unknown trunk \"acm\": did you mean \"acme\"? valid: acme"),
        arguments(
            "routes: [ { name: a, to: [ { service: §ehco } ] } ]",
            "unknown value \"ehco\": did you mean \"echo\"? valid: echo, announcement"),
        arguments(
            "routes: [ { name: a, to: §{ service: announcement } } ]",
            "an announcement needs either \"file\" or \"tone\""),
        arguments(
            "routes: [ { name: a, to: { service: announcement, tone: §engaged } } ]",
            "\"engaged\" is not ringback, busy, congestion, dial or a cadence as in 425/500,0/500"),
        arguments(
            "routes: [ { name: a, to: { service: announcement, file: §nowhere/no.wav } } ]",
            "there is no file nowhere/no.wav"),
        arguments(
            "routes: [ { name: a, to: { service: announcement, file: §pom.xml } } ]",
            "pom.xml is not a WAV file"),
        arguments(
            "routes: [ { name: a, to: §{ service: echo, tone: busy } } ]",
            "\"tone\" belongs to an announcement"),
        arguments(
            "routes: [ { name: a, to: §{ service: announcement, tone: busy, answer: true, status: 486 } } ]",
            "\"status\" is for announcements before the call is answered"),
        arguments(
            "routes: [ { name: a, to: §[ { service: announcement, tone: busy, answer: true }, { registrar: true } ] } ]",
            "an announcement with \"answer: true\" comes last: the call is over after it"),
        arguments(
            "routes: [ { name: a, to: [ { registrar: §false } ] } ]", "registrar can only be true"),
        arguments(
            "routes: [ { name: a, to: [ §{ registrar: true, trunk: acme } ] } ]",
            "a target is one of registrar, accounts, trunk, group, uri, service, http"),
        arguments(
            "routes: [ { name: a, to: [ §registrar ] } ]",
            "a target says of what kind it is: { registrar: true }"),
        arguments(
            "routes: [ { name: a, to: §acme } ]",
            "a target says of what kind it is: { trunk: acme }"),
        arguments(
            "routes: [ { name: a, to: §1001 } ]",
            "a target says of what kind it is: { trunk: 1001 } or { accounts: 1001 }"),
        arguments(
            "routes: [ { name: a, to: §echo } ]",
            "a target says of what kind it is: { trunk: echo } or { service: echo }"));
  }

  static Stream<Arguments> conditions() {
    return Stream.of(
        arguments(
            "routes: [ { name: a, when: { from: §registred }, reject: { code: 403 } } ]",
            "unknown sender \"registred\": did you mean \"registered\"? valid: registered, anonymous, any, acme"),
        arguments(
            "routes: [ { name: a, when: { from: §[] }, reject: { code: 403 } } ]",
            "at least one sender is needed"),
        arguments(
            "routes: [ { name: a, when: { from: { account: §\"[\" } }, reject: { code: 403 } } ]",
            "\"[\" is not a regular expression: missing closing ]"),
        arguments(
            "routes: [ { name: a, when: { §too: x }, reject: { code: 403 } } ]",
            "unknown key \"too\": did you mean \"to\"? valid: caller, codec, from, from-domain, header, media, method, network, time, to, to-domain, transport"),
        arguments("routes: [ { name: a, reject: §{ reason: No } } ]", "\"code\" is missing here"),
        arguments(
            "routes: [ { name: a, reject: { code: §200 } } ]",
            "\"200\" is not a whole number from 400 to 699"),
        arguments(
            "routes: [ { name: a, reject: { code: 403, reason: §\"\u00c4h\" } } ]",
            "\"\u00c4h\" is not a phrase of 1 to 100 ASCII characters"),
        arguments(
            "routes: [ { name: a, set: { to: §\"$x\" }, to: { trunk: acme } } ]",
            "after $ comes the number of a group, 0 to 9, or another $"),
        arguments(
            "routes: [ { name: a, when: { to: \"0(.*)\" }, set: { to: §\"$2\" }, to: { trunk: acme } } ]",
            "$2 refers to a group that `to` in `when` does not have"),
        arguments(
            "routes: [ { name: a, set: { to: §{ } }, to: { trunk: acme } } ]",
            "\"strip\", \"add\" or \"e164\" is needed"));
  }

  static Stream<Arguments> handling() {
    return Stream.of(
        arguments(
            "routes: [ { name: a, to: { trunk: acme }, on-failure: [ 503, §200 ] } ]",
            "\"200\" is not next, stop, no-answer, a class such as 5xx or a code from 400 to 699"),
        arguments(
            "routes: [ { name: a, media: §direkt, to: { registrar: true } } ]",
            "unknown value \"direkt\": did you mean \"direct\"? valid: relay, direct"),
        arguments(
            "routes: [ { name: a, redirect: §folow, to: { registrar: true } } ]",
            "unknown value \"folow\": did you mean \"follow\"? valid: follow, pass, reject"),
        arguments(
            "routes: [ { name: a, media: §direct, to: [ { service: echo } ] } ]",
            "a service needs \"media: relay\": nobody else is there to send media to"),
        arguments(
            "routes: [ { name: a, mode: §b2ba, to: { registrar: true } } ]",
            "unknown value \"b2ba\": did you mean \"b2bua\"? valid: b2bua, proxy"),
        arguments(
            "routes: [ { name: a, mode: §proxy, media: direct, set: { caller: \"1\" }, to: { registrar: true } } ]",
            "changing the caller needs \"mode: b2bua\": a proxy must not touch From"));
  }

  static Stream<Arguments> groups() {
    return Stream.of(
        arguments(
            "routes: [ { name: a, mode: §proxy, to: [ { service: echo } ] } ]",
            "a service needs \"mode: b2bua\": there is nobody to pass the call on to"),
        arguments(
            "routes: [ { name: a, to: §{ registrar: true, weight: 3 } } ]",
            "\"weight\" belongs to a trunk"),
        arguments(
            "trunk-groups: { out: { trunks: [acme] } }\n"
                + "routes: [ { name: a, to: { group: §uot } } ]",
            "unknown trunk group \"uot\": did you mean \"out\"? valid: out"),
        arguments(
            "trunk-groups: { out: §{ trunks: [acme], pick: price } }",
            "\"pick: price\" and \"prices\" belong together"),
        arguments(
            "trunk-groups: { out: { trunks: [acme], pick: §prize, prices: PRICES } }",
            "unknown value \"prize\": did you mean \"price\"? valid: order, weight, round-robin, price"),
        arguments(
            "trunk-groups: { out: { trunks: [acme, §acme] } }", "trunk acme stands here twice"),
        arguments("trunk-groups: { out: { trunks: §[] } }", "at least one trunk is needed"),
        arguments(
            "trunk-groups: { out: { trunks: [acme], pick: price, prices: §none.csv } }",
            "none.csv: the file does not exist"));
  }

  @ParameterizedTest
  @MethodSource({"routes", "conditions", "handling", "groups"})
  void namesTheMistakeInARoute(String fragment, String message) {
    ConfigText.assertOnlyProblem(
        ConfigText.MINIMAL + TRUNK + fragment.replace("PRICES", PRICES), message);
  }
}
