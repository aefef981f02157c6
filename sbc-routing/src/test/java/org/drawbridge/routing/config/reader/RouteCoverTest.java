package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route behind another that leaves nothing for it is named; one that may be used is not. */
final class RouteCoverTest {

  private static final String TRUNKS =
      "trunks: { acme: { targets: \"sip:acme.example\", from: 192.0.2.1 } }\n";

  private static List<String> warnings(String first, String second) {
    String routes =
        "routes:\n  - { name: one, %s }\n  - { name: two, %s }\n".formatted(first, second);
    return ConfigText.loaded(ConfigText.MINIMAL + TRUNKS + routes).warnings().stream()
        .map(ConfigProblem::toString)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to: { registrar: true }",
        "when: { from: any }, reject: { code: 403 }",
        "when: { to: \"112\" }, to: [ { trunk: acme }, { registrar: true } ]",
        "when: { to: \"112\", from: [ registered, acme ] }, to: { service: echo }",
        "when: { to: \"112\", to-domain: local, time: { days: sun } }, to: { accounts: [ 1001 ] }",
      })
  void aRouteThatLeavesNothingIsNamed(String first) {
    String second =
        "when: { to: \"112\", from: [ { account: \"10.*\" }, acme ], to-domain: local,"
            + " time: { days: sun } }, to: { trunk: acme }";
    assertThat(warnings(first, second))
        .containsExactly(
            "sbc.yaml:6:5: route \"two\" is never used: \"one\" before it takes all that it would");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to: { trunk: acme }", // not what comes from there
        "when: { from: registered }, to: { registrar: true }", // not what trunks send
        "when: { to: \"11.\" }, reject: { code: 403 }", // cannot be told by the text
        "when: { to: \"112\", media: video }, reject: { code: 403 }",
        "when: { caller: \"10\" }, to: { registrar: true }",
        "when: { method: MESSAGE }, to: { registrar: true }",
        "set: { to: { e164: GB } }, to: { registrar: true }", // not what is no number
        "to: [ { http: \"https://routes.example/\" } ]",
      })
  void aRouteThatMayBeUsedIsNot(String first) {
    assertThat(warnings(first, "when: { to: \"112\" }, to: { trunk: acme }")).isEmpty();
  }

  @Test
  void strangersGoOnWhereTheyAreNotMeant() {
    String strangers = "when: { from: anonymous, to: \"sales\" }, to: { registrar: true }";
    assertThat(warnings("to: { registrar: true }", strangers)).isEmpty();
    assertThat(warnings("when: { from: any }, to: { registrar: true }", strangers)).hasSize(1);
  }

  @Test
  void aTrunkTakesWhateverAccountsCall() {
    String second = "when: { from: { group: sales } }, to: { registrar: true }";
    assertThat(warnings("when: { from: registered }, to: { trunk: acme }", second)).hasSize(1);
  }
}
