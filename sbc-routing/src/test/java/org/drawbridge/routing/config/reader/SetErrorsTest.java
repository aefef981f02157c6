package org.drawbridge.routing.config.reader;

import static org.drawbridge.routing.config.reader.ConfigText.assertProblem;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in what a route changes and where it leads; the paragraph sign marks the place. */
final class SetErrorsTest {

  static Stream<Arguments> changes() {
    return Stream.of(
        arguments(
            "headers: { §Via: x }", "Via is ours: calls do not work without what we write there"),
        arguments(
            "headers: { remove: [ X-A, §call-id ] }",
            "call-id is ours: calls do not work without what we write there"),
        arguments(
            "headers: { add: { §Content-Length: \"1\" } }",
            "Content-Length is ours: calls do not work without what we write there"),
        arguments("headers: { §Authorization: x }", "Authorization is between each side and us"),
        arguments(
            "headers: { keep: §P-Asserted-Identity }",
            "P-Asserted-Identity is what a sender says of itself, which proves nothing: set it instead"),
        arguments("headers: { §s: x }", "write the name of the header in full, not as \"s\""),
        arguments("headers: { §\"X A\": x }", "\"X A\" is not the name of a header"),
        arguments(
            "headers: { §removed: X-A }",
            "\"removed\" is not the name of a header: did you mean \"remove\"?"),
        arguments("headers: { X-A: §\"\" }", "a value is missing here"),
        arguments(
            "headers: { X-A: §\"$2\" }", "$2 refers to a group that `to` in `when` does not have"),
        arguments(
            "headers: { X-A: §\"$x\" }",
            "after $ comes the number of a group, 0 to 9, a place as in $(caller), or another $"),
        arguments(
            "headers: { X-A: §\"$(callee)\" }",
            "there is no $(callee): there are $(caller), $(to), $(source) and $(header:NAME)"),
        arguments("to: { e164: §GR8 }", "\"GR8\" is not a country: write two letters, as in DE"),
        arguments("to: §{}", "\"strip\", \"add\" or \"e164\" is needed"),
        arguments("privacy: §user", "unknown value \"user\"; valid: id, none"),
        arguments(
            "priority: §urgnt",
            "unknown value \"urgnt\": did you mean \"urgent\"? valid: emergency, urgent, normal, non-urgent"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void namesTheMistakeInAChange(String set, String message) {
    assertProblem(
        "routes: [ { name: a, when: { to: \"(.)x\" }, set: { %s }, to: { registrar: true } } ]"
            .formatted(set),
        message);
  }

  static Stream<Arguments> targets() {
    return Stream.of(
        arguments(
            "to: { uri: §\"pbx.example\" }",
            "\"pbx.example\" is not a SIP URI, as in \"sip:1000@pbx.example:5060\""),
        arguments(
            "to: { uri: §\"sip:a b@pbx.example\" }",
            "\"sip:a b@pbx.example\" is not a SIP URI, as in \"sip:1000@pbx.example:5060\""),
        arguments(
            "to: { uri: §\"sip:pbx.example;transport=ws\" }",
            "addresses outside are reached over udp, tcp or tls"),
        arguments(
            "to: { http: §\"ftp://routes.example/\" }",
            "\"ftp://routes.example/\" is not an address as in https://routes.example/decide"),
        arguments(
            "to: { http: §\"https://me:secret@routes.example/\" }",
            "\"https://me:secret@routes.example/\" is not an address as in https://routes.example/decide"),
        arguments(
            "to: { http: \"https://r.example/\", timeout: §1m }",
            "\"1m\" is not within 100ms and 10s"),
        arguments(
            "to: { http: \"https://r.example/\", fallback: §nxt }",
            "unknown value \"nxt\": did you mean \"next\"? valid: next, reject"),
        arguments("to: §{ registrar: true, timeout: 1s }", "\"timeout\" belongs to http"),
        arguments(
            "to: §[ { registrar: true }, { http: \"https://r.example/\" } ]",
            "an http target comes first: those after it are for when it does not answer"),
        arguments("to: { accounts: §[] }", "1 to 100 accounts are needed here"),
        arguments(
            "to: { accounts: [ §\"a b\" ] }",
            "\"a b\" is not an account, as in 1001 or alice@example.com"),
        arguments(
            "to: { accounts: [ 1001 ], ring: §al }",
            "unknown value \"al\": did you mean \"all\"? valid: all, in-turn, round-robin, random"),
        arguments("to: §{ registrar: true, ring: all }", "\"ring\" belongs to accounts"),
        arguments(
            "to: §{ weight: 1 }",
            "a target is one of registrar, accounts, trunk, group, uri, service, http"),
        arguments(
            "to: { registrar: true }, codecs: §opsu",
            "unknown value \"opsu\": did you mean \"opus\"? valid: opus, g722, pcma, pcmu, g729, gsm, ilbc, amr, amr-wb, speex"),
        arguments("to: { registrar: true }, codecs: §[]", "at least one codec is needed"),
        arguments(
            "to: { registrar: true }, media: direct, codecs: §pcma",
            "\"codecs\" needs \"media: relay\": what goes past us is not ours to change"),
        arguments(
            "to: { registrar: true }, total-timeout: §2h", "\"2h\" is not within 1s and 3600s"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void namesTheMistakeInATarget(String target, String message) {
    assertProblem("routes: [ { name: a, %s } ]".formatted(target), message);
  }
}
