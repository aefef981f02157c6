package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.routing.config.reader.ConfigText.assertProblem;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in the conditions of a route; the paragraph sign marks the place. */
final class WhenErrorsTest {

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "network: §10.0.0.1/8",
            "\"10.0.0.1/8\" is not a network: did you mean \"10.0.0.0/8\"?"),
        arguments("network: §[]", "at least one network is needed"),
        arguments(
            "transport: §tsl",
            "unknown value \"tsl\": did you mean \"tls\"? valid: udp, tcp, tls, ws, wss"),
        arguments("header: §gold", "a section of keys is wanted here, not a value"),
        arguments(
            "header: { §\"X Customer\": gold }", "\"X Customer\" is not the name of a header"),
        arguments(
            "header: { X-A: §\"(\" }", "\"(\" is not a regular expression: missing closing )"),
        arguments(
            "codec: §opsu",
            "unknown value \"opsu\": did you mean \"opus\"? valid: opus, g722, pcma, pcmu, g729, gsm, ilbc, amr, amr-wb, speex, telephone-event, vp8, vp9, h264, h265, av1"),
        arguments(
            "media: §vidoe",
            "unknown value \"vidoe\": did you mean \"video\"? valid: audio, video, fax, webrtc"),
        arguments(
            "method: §INVTE",
            "unknown method \"INVTE\": did you mean \"INVITE\"? valid: INVITE, MESSAGE, SUBSCRIBE, PUBLISH, REFER, OPTIONS"),
        arguments(
            "method: §INVITE|mesage",
            "unknown method \"mesage\": did you mean \"MESSAGE\"? valid: INVITE, MESSAGE, SUBSCRIBE, PUBLISH, REFER, OPTIONS"),
        arguments(
            "method: §\"S.*X\"",
            "unknown method \"S.*X\"; valid: INVITE, MESSAGE, SUBSCRIBE, PUBLISH, REFER, OPTIONS"),
        arguments(
            "method: §\"${PASSWORD}\"",
            "unknown method \"${PASSWORD}\"; valid: INVITE, MESSAGE, SUBSCRIBE, PUBLISH, REFER, OPTIONS"));
  }

  static Stream<Arguments> sources() {
    return Stream.of(
        arguments("from: §{}", "either \"account\" or \"group\" is needed here"),
        arguments(
            "from: { group: §\"a b\" }", "\"a b\" is not a name of letters, digits, - _ and ."),
        arguments("to: §{}", "either \"prefixes\" or \"numbers\" is needed here"),
        arguments("to: { prefixes: [ §12a ] }", "\"12a\" is not a prefix: write up to 18 digits"),
        arguments("to: { prefixes: §[] }", "at least one number is needed"),
        arguments("to: { prefixes: §no-such.csv }", "no-such.csv: the file does not exist"),
        arguments(
            "time: §{ zone: UTC }", "at least one of days, hours, dates and except is needed"),
        arguments(
            "time: { zone: §Europe/Berln, days: mon }",
            "\"Europe/Berln\" is not a time zone, as in Europe/Berlin: did you mean \"Europe/Berlin\"?"),
        arguments(
            "time: { days: §monday }",
            "\"monday\" is not a day of the week: write mon, or mon-fri"),
        arguments("time: { days: §[] }", "at least one day is needed"),
        arguments("time: { hours: §[] }", "at least one part of a day is needed"),
        arguments(
            "time: { hours: §\"8-18\" }", "\"8-18\" is not a part of a day: write \"08:00-18:00\""),
        arguments(
            "time: { hours: §\"08:00-24:01\" }",
            "\"08:00-24:01\" is not a part of a day: write \"08:00-18:00\""),
        arguments(
            "time: { except: §holiday }",
            "unknown calendar \"holiday\": did you mean \"holidays\"? valid: holidays"),
        arguments(
            "time: { dates: §2026-06-31 }",
            "\"2026-06-31\" is not a date: write 2026-12-25, 12-25 for every year, or 2026-12-24..2027-01-01"),
        arguments(
            "time: { dates: §2027-01-01..2026-12-24 }",
            "\"2027-01-01..2026-12-24\" is not a date: write 2026-12-25, 12-25 for every year, or 2026-12-24..2027-01-01"));
  }

  @ParameterizedTest
  @MethodSource({"mistakes", "sources"})
  void namesTheMistake(String when, String message) {
    assertProblem(
        "calendars: { holidays: \"12-25\" }\nroutes: [ { name: a, when: { %s }, to: { registrar: true } } ]"
            .formatted(when),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVITE", "INVITE|MESSAGE", "(?i)publish", "SUB.*", ".*"})
  void aMethodIsAnExpressionThatSomeRequestMatches(String method) {
    ConfigText.loaded(
        ConfigText.MINIMAL
            + "routes: [ { name: a, when: { method: \"%s\" }, to: { registrar: true } } ]"
                .formatted(method));
  }

  @Test
  void aCalendarHasAName() {
    assertProblem(
        "calendars: { §\"1st\": 2026-12-25 }",
        "\"1st\" is not a name of letters, digits, - _ and ., letter first");
  }

  @Test
  void aMistakeInAListNamesItsLine(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("list.csv");
    Files.writeString(file, "4930\nxyz,1\n");
    assertThat(
            ConfigText.problems(
                ConfigText.MINIMAL
                    + "routes: [ { name: a, when: { to: { prefixes: %s } }, to: { registrar: true } } ]"
                        .formatted(file)))
        .singleElement()
        .extracting(ConfigProblem::message)
        .isEqualTo(file + ":2:1: \"xyz\" is not a prefix: write up to 18 digits");
  }
}
