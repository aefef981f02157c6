package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions look at one part of a URI: whoever writes a whole one is told. */
final class UriPartCheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to: \"sip:5@example.com\"",
        "to: \"112|sip:911.*\"",
        "to: \"tel:+49.*\"",
        "to: \"00 49.*\"",
        "to: \"(.*)@sip:(.*)\"",
        "to: \"sip:1001(@.*)?\"",
        "caller: \"SIPS:1.*\"",
        "to-domain: \"sip:example[.]com\"",
        "to-domain: \"example[.]com:5060\"",
        "from-domain: \"1001@example[.]com\""
      })
  void whatNothingMatchesIsPointedOut(String condition) {
    assertThat(warnings(condition))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.line()).isEqualTo(4);
              assertThat(warning.column()).isEqualTo(24 + condition.indexOf('"'));
              assertThat(warning.message()).contains("looks for what is never here: a ");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to: \"[^@ ]+\"",
        "to: \"+?[0-9]{7,15}\"",
        "to: \"(?:00|+)(.*)\"",
        "to: \"112|urn:service:sos\"",
        "to: \"hotel.*\"",
        "caller: \"sip\"",
        "to-domain: \"(?i:example[.]com)\"",
        "to-domain: \"2001:db8::5060\"",
        "from-domain: local",
        "to: \"[^[:space:]@]+\"",
        "to: \"[[:digit:] ]+\"",
        "to: '[^\\]@]+'",
        "to: \"(?:sip:)?1001\"",
        "to: \"1001(@.*)?\"",
        "to: \"1001((@)(.*))*\"",
        "to: '\\(?5\\)?'",
        "to-domain: \"(?:5060)\""
      })
  void whatMayMatchIsNot(String condition) {
    assertThat(warnings(condition)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"to: \"5@example.com\"", "to: \"(.*)@(.*)\"", "caller: \"(a|b@c)\""})
  void anAtIsOnlyInNamesThatAreMailAddresses(String condition) {
    assertThat(warnings(condition))
        .singleElement()
        .satisfies(
            warning -> assertThat(warning.message()).contains("what is hardly ever here: a "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"to: \"sip:$0@example.com\"", "caller: \"+44 $0\"", "to: \"tel:$0\""})
  void aNumberThatIsMadeIsNoUriEither(String change) {
    assertThat(warnings("to: \"5\" }, set: { " + change))
        .singleElement()
        .satisfies(warning -> assertThat(warning.message()).contains("makes no number"));
    assertThat(warnings("to: \"5\" }, set: { to: \"+44$0\", caller: \"$0\"")).isEmpty();
    assertThat(warnings("to: \"5\" }, set: { to: \"urn:service:sos\"")).isEmpty();
  }

  private static List<ConfigProblem> warnings(String condition) {
    return ConfigText.loaded(
            ConfigText.MINIMAL
                + "routes:\n  - { name: a, when: { "
                + condition
                + " }, to: { registrar: true } }\n")
        .warnings();
  }
}
