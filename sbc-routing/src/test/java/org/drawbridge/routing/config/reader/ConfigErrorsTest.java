package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake with its exact place, which the paragraph sign marks, and its words. */
final class ConfigErrorsTest {

  static Stream<Arguments> general() {
    return Stream.of(
        arguments(
            "§listener: []",
            "unknown key \"listener\": did you mean \"listeners\"? valid: account-groups, calendars, call, control, dns, domains, include, limits, listeners, logging, media, metrics, registrar, routes, security, trunk-groups, trunks, users, web"),
        arguments("§domains: [x]", "\"domains\" stands here twice"),
        arguments("§[a]: 1", "a key is a single word"),
        arguments(
            "call:§", "nothing stands here: write what belongs here, or leave its key out too"),
        arguments(
            "routes:§", "nothing stands here: write what belongs here, or leave its key out too"),
        arguments("call: §[]", "a section of keys is wanted here, not a list"),
        arguments("call: { ring-timeout: §[1s, 2s] }", "one value is wanted here, not a list"),
        arguments("call: { ring-timeout: §{} }", "one value is wanted here, not a section"),
        arguments("call:\n  ring-timeout:§\n", "a value is missing here"),
        arguments(
            "call: { ring-timeout: §30 }",
            "\"30\" is not a time: write a number and d, h, m, ms, s, as in 30s"),
        arguments(
            "call: { ring-timeout: §30x }",
            "\"30x\" is not a time: write a number and d, h, m, ms, s, as in 30s"),
        arguments(
            "call: { ring-timeout: §9999999999s }",
            "\"9999999999s\" is not a time: write a number and d, h, m, ms, s, as in 30s"),
        arguments("call: { ring-timeout: §2h }", "\"2h\" is not within 1s and 3600s"),
        arguments("call: { min-se: §30s }", "\"30s\" is not within 90s and 86400s"),
        arguments(
            "call: §{ session-expires: 2m, min-se: 3m }", "min-se must not exceed session-expires"),
        arguments(
            "call: { session-expires: §5400, min-se: 1h }",
            "\"5400\" is not a time: write a number and d, h, m, ms, s, as in 30s"),
        arguments(
            "limits: { message-size: §64 }",
            "\"64\" is not a size: write a number and B, GB, KB, MB, as in 64KB"),
        arguments("limits: { message-size: §1B }", "\"1B\" is not within 2048B and 1048576B"),
        arguments(
            "dns: { servers: [ §ns1.example.com ] }",
            "\"ns1.example.com\" is not an address and a port, as in 0.0.0.0:5060 or [::]:5060"),
        arguments("dns: { servers: [ §\"192.0.2.1:0\" ] }", "a port is missing here"),
        arguments("dns: { timeout: §1ms }", "\"1ms\" is not within 300ms and 30s"),
        arguments("limits: { calls: §many }", "\"many\" is not a whole number from 1 to 10000000"),
        arguments("limits: { calls: §0 }", "\"0\" is not a whole number from 1 to 10000000"),
        arguments("web: { enabled: §yes }", "\"yes\" is neither true nor false"),
        arguments("web: { root: §\"\" }", "a path is missing here"),
        arguments(
            "logging: { level: §inof }",
            "unknown value \"inof\": did you mean \"info\"? valid: debug, info, warn, error"),
        arguments(
            "logging: { level: §\"a\\nb\" }",
            "line breaks and control characters are not allowed in a value"));
  }

  static Stream<Arguments> owners() {
    return Stream.of(
        arguments(
            "registrar: §{ min-expires: 2h }",
            "min-expires (7200s), default-expires (600s) and max-expires (3600s) must ascend"),
        arguments(
            "registrar: { min-expires: §900, default-expires: 30s }",
            "\"900\" is not a time: write a number and d, h, m, ms, s, as in 30s"),
        arguments(
            "security: { drop-user-agents: [ §\"(\" ] }",
            "\"(\" is not a regular expression: missing closing )"),
        arguments("users: { file: §[] }", "\"file\" is the path of the users file"),
        arguments(
            "users: { §1001: {} }",
            "the account has neither md5 nor sha256: see sbc hash-password"),
        arguments(
            "metrics: { bind: §\"0.0.0.0:9090\" }",
            "\"0.0.0.0:9090\" can be reached by others: metrics are served on 127.0.0.1 or [::1]"
                + " only"),
        arguments("web: { root: §\"${NO_SUCH}\" }", "the environment variable NO_SUCH is not set"),
        arguments("web: { root: §\"${a b}\" }", "an environment variable is written ${NAME}"),
        arguments("web: { root: §\"${PASSWORD\" }", "an environment variable is written ${NAME}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "media: { advertise: §\"${NO_SUCH}\", local-networks: 10.0.0.0/8 }",
        "control: { socket: §\"${NO_SUCH}\" }",
        "registrar: { store: §\"${NO_SUCH}\" }",
        "trunks: { a: { targets: \"sip:a\", breaker: §\"${NO_SUCH}\" } }"
      })
  void aVariableThatIsNotSetIsOneMistake(String fragment) {
    ConfigText.assertOnlyProblem(
        ConfigText.MINIMAL + fragment, "the environment variable NO_SUCH is not set");
  }

  static Stream<Arguments> media() {
    return Stream.of(
        arguments("media: { bind: §localhost }", "\"localhost\" is not a numeric address"),
        arguments("media: { advertise: §automatic }", "\"automatic\" is not a numeric address"),
        arguments("media: { advertise: §0.0.0.0 }", "\"0.0.0.0\" cannot be reached by anyone"),
        arguments(
            "media: { local-networks: §10.0.0.0/8 }",
            "needs an address in \"advertise\" beside it, which these are not told"),
        arguments(
            "media: { rtp-ports: §20000 }", "\"20000\" is not a range of ports, as in 20000-29999"),
        arguments(
            "media: { rtp-ports: §3000-2000 }",
            "\"3000-2000\" is not a range of ports, as in 20000-29999"),
        arguments("media: { rtp-ports: §2000-2001 }", "a call needs up to 4 ports"),
        arguments(
            "media: { webrtc-port: §20001 }",
            "webrtc-port 20001 lies within rtp-ports 20000-29999"),
        arguments(
            "media: { loops: 4, webrtc-port: §19997 }",
            "webrtc-port 19997-20000 lies within rtp-ports 20000-29999"),
        arguments(
            "media: §{ rtp-ports: 9000-10000 }",
            "webrtc-port 10000 lies within rtp-ports 9000-10000"),
        arguments(
            "media: { loops: 2, webrtc-port: §65535 }",
            "webrtc-port and one port for each media loop after it end above 65535"),
        arguments(
            "media: { codecs: { rtp: [ pcma, §g711 ] } }",
            "unknown value \"g711\"; valid: opus, g722, pcma, pcmu, g729, gsm, ilbc, amr, amr-wb, speex"),
        arguments("media: { codecs: { webrtc: §[] } }", "at least one codec is needed"));
  }

  static Stream<Arguments> trunks() {
    return Stream.of(
        arguments(
            "trunks: { acme: §{} }",
            "\"targets\" are missing, or \"account\" if it registers with us"),
        arguments("trunks: { acme: { targets: §[] } }", "at least one target is needed"),
        arguments(
            "trunks: { acme: { targets: [ §acme.example ] } }",
            "\"acme.example\" is not a SIP URI of a host, as in \"sip:sbc.example.com:5060;transport=tcp\""),
        arguments(
            "trunks: { acme: { targets: §\"sip:a.example;transport=ws\" } }",
            "trunks are reached over udp, tcp or tls"),
        arguments(
            "trunks: { acme: { targets: \"sip:a.example\", from: [ §198.51.100.1/24 ] } }",
            "\"198.51.100.1/24\" is not a network: did you mean \"198.51.100.0/24\"?"),
        arguments(
            "trunks: { acme: { targets: \"sip:a.example\", from: §a.example } }",
            "\"a.example\" is not a network: names are not looked up here, write an address, or the first address of a network and its prefix length, as in 192.0.2.0/24 or 2001:db8::/32"),
        arguments(
            "trunks: { acme: { targets: §\"sip:me:secret@a.example\" } }",
            "a SIP URI of a host, as in \"sip:sbc.example.com:5060;transport=tcp\", is wanted here, without user or password: these have keys of their own"),
        arguments(
            "trunks: { acme: { targets: \"sip:a.example\", from: 192.0.2.1 }, beta: { targets: \"sip:b.example\", from: §192.0.2.1/32 } }",
            "network 192.0.2.1/32 already belongs to trunk acme"),
        arguments(
            "trunks: { acme: { targets: \"sip:a.example\", media: §strp } }",
            "unknown value \"strp\"; valid: rtp, sdes, dtls, webrtc"),
        arguments(
            "trunks: { acme: §{ targets: \"sip:a.example\", username: me } }",
            "\"username\" needs a \"password\" beside it"),
        arguments(
            "trunks: { acme: { targets: \"sip:a.example\", from-domain: §a_b } }",
            "\"a_b\" is not a domain name"),
        arguments(
            "trunks: { acme: { targets: \"sip:a.example\", §form: 192.0.2.1 } }",
            "unknown key \"form\": did you mean \"from\"? valid: accept, account, breaker, caller-id, certificate, codecs, domain, dtmf, from, from-domain, headers, history, key, limits, media, number-format, password, probe, register, service-urns, session-timers, symmetric-rtp, targets, transfer, trust, trust-ca, try-timeout, user-phone, username"),
        arguments(
            "trunks: { acme: { targets: \"sip:a.example\", headers: { X-A: §\"$1\" } } }",
            "$1 refers to a group that `to` in `when` does not have"),
        arguments(
            "trunks: { §any: { targets: \"sip:a.example\" } }",
            "\"any\" has a meaning in `from`: choose another name"),
        arguments(
            "trunks: { §\"a b\": { targets: \"sip:a.example\" } }",
            "\"a b\" is not a name of letters, digits, - _ and ."));
  }

  @ParameterizedTest
  @MethodSource({"general", "owners", "media"})
  void namesTheMistake(String fragment, String message) {
    ConfigText.assertOnlyProblem(ConfigText.MINIMAL + fragment, message);
  }

  @ParameterizedTest
  @MethodSource({"trunks"})
  void namesTheMistakeInATrunk(String fragment, String message) {
    ConfigText.assertOnlyProblem(ConfigText.MINIMAL + fragment, message);
  }

  static Stream<Arguments> listeners() {
    return Stream.of(
        arguments("§[]", "at least one listener is needed"),
        arguments("[ §{ bind: \"0.0.0.0:5060\" } ]", "\"transport\" is missing here"),
        arguments("[ §{ transport: udp } ]", "\"bind\" is missing here"),
        arguments(
            "[ { transport: §upd, bind: \"0.0.0.0:5060\" } ]",
            "unknown value \"upd\": did you mean \"udp\"? valid: udp, tcp, tls, ws, wss"),
        arguments(
            "[ { transport: udp, bind: §\"5060\" } ]",
            "\"5060\" is not an address and a port, as in 0.0.0.0:5060 or [::]:5060"),
        arguments(
            "[ { transport: udp, bind: §\"::1:5060\" } ]",
            "\"::1:5060\" is not an address and a port, as in 0.0.0.0:5060 or [::]:5060"),
        arguments(
            "[ { transport: udp, bind: §\"0.0.0.0:65536\" } ]",
            "\"0.0.0.0:65536\" is not an address and a port, as in 0.0.0.0:5060 or [::]:5060"),
        arguments(
            "[ §{ transport: tls, bind: \"0.0.0.0:5061\" } ]",
            "a tls listener needs a \"certificate\""),
        arguments(
            "[ { transport: tcp, bind: \"0.0.0.0:5061\", certificate: §a.pem } ]",
            "only tls and wss listeners have a certificate"),
        arguments(
            "[ { transport: tcp, bind: \"0.0.0.0:5061\", paths: §[/ws] } ]",
            "only ws and wss listeners have paths"),
        arguments(
            "[ { transport: ws, bind: \"0.0.0.0:80\", paths: [ §ws ] } ]",
            "\"ws\" is not a path that begins with /"),
        arguments(
            "[ { transport: ws, bind: \"0.0.0.0:80\", origins: [ §example.com ] } ]",
            "\"example.com\" is not an origin, as in https://phone.example.com"),
        arguments(
            "[ { transport: ws, bind: \"0.0.0.0:80\" }, §{ transport: tcp, bind: \"127.0.0.1:80\" } ]",
            "127.0.0.1:80 is already taken by the ws listener"),
        arguments(
            "§[ { transport: udp, bind: \"0.0.0.0:20500\" } ]",
            "the udp listener's port 20500 lies within rtp-ports 20000-29999"),
        arguments(
            "§[ { transport: udp, bind: \"0.0.0.0:10000\" } ]",
            "the udp listener's port 10000 is a webrtc-port"));
  }

  @ParameterizedTest
  @MethodSource("listeners")
  void namesTheMistakeInAListener(String listeners, String message) {
    ConfigText.assertOnlyProblem("domains: [example.com]\nlisteners: " + listeners, message);
  }

  @Test
  void aPortOfAListenerIsNoneForTheMetrics() {
    String rest = "domains: [example.com]\nmetrics: §{ bind: \"127.0.0.1:8080\" }\nlisteners: ";
    ConfigText.assertOnlyProblem(
        rest + "[ { transport: ws, bind: \"0.0.0.0:8080\" } ]",
        "127.0.0.1:8080 is already taken by the ws listener");
    ConfigText.config(rest.replace("§", "") + "[ { transport: udp, bind: \"0.0.0.0:8080\" } ]");
  }

  @Test
  void domainsAndListenersMustBeThere() {
    assertThat(ConfigText.problems("call: {}"))
        .map(ConfigProblem::toString)
        .containsExactly(
            "sbc.yaml:1:1: \"domains\" is missing here",
            "sbc.yaml:1:1: \"listeners\" is missing here");
    ConfigText.assertOnlyProblem(
        "listeners: { transport: udp, bind: \"0.0.0.0:1\" }\ndomains: §[]",
        "at least one domain is needed");
    ConfigText.assertOnlyProblem(
        "listeners: { transport: udp, bind: \"0.0.0.0:1\" }\ndomains: [ §a..b ]",
        "\"a..b\" is not a domain name");
  }

  @Test
  void allMistakesComeAtOnceInTheOrderOfTheFile() {
    String text =
        """
        routes: [ { name: out, to: [ { trunk: nowhere } ] } ]
        domians: [example.com]
        listeners:
          - { transport: udp, bind: here }
          - { transport: tcp, bind: "0.0.0.0:5060", port: 1 }
        media: { rtp-ports: many }
        """;

    assertThat(ConfigText.problems(text))
        .map(problem -> problem.line() + ":" + problem.column())
        .containsExactly("1:1", "1:39", "2:1", "4:29", "5:45", "6:21");
  }

  @Test
  void valuesFromTheEnvironmentAreNeverShown() {
    String text = ConfigText.MINIMAL + "media: { bind: \"${PASSWORD}\" }";

    assertThat(ConfigText.problems(text))
        .map(ConfigProblem::message)
        .containsExactly("\"${PASSWORD}\" is not a numeric address");
  }

  @Test
  void tooManyMistakesAreCounted() {
    StringBuilder text = new StringBuilder(ConfigText.MINIMAL);
    for (int i = 0; i < 250; i++) {
      text.append("key").append(i).append(": 1\n");
    }

    assertThat(ConfigText.problems(text.toString()))
        .hasSize(201)
        .last()
        .hasToString("sbc.yaml: and 50 more");
  }

  @Test
  void longValuesAreShortened() {
    String text = ConfigText.MINIMAL + "media: { bind: " + "x".repeat(5000) + " }";

    assertThat(ConfigText.problems(text).getFirst().message()).hasSizeLessThan(120);
  }
}
