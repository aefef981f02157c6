package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceUrnConfigTest {

  private static final String TRUNKS =
      """
      trunks:
        acme: { targets: "sip:acme.example" }
        ng: { targets: "sip:esrp.example", service-urns: true }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "when: { to: §'112!urn:services:sos' } ; \"112!urn:services:sos\" matches no service:"
            + " write it as in urn:service:sos, in lower case",
        "when: { to: §'URN:service:sos' } ; \"URN:service:sos\" matches no service:"
            + " write it as in urn:service:sos, in lower case",
        "when: { to: { numbers: [ §'urn:service:SOS' ] } } ; \"urn:service:SOS\" is no service:"
            + " write it as in urn:service:sos, in lower case",
        "set: { to: §'urn:service:sos.$0' } ; \"urn:service:sos.$0\" is no service:"
            + " write it as in urn:service:sos, in lower case",
      })
  void mistakesInUrnsAreNamed(String line) {
    String[] both = line.replace('!', '|').split(" ; ");
    ConfigText.assertProblem(
        TRUNKS + "routes: [ { name: r, " + both[0] + ", to: { trunk: acme } } ]", both[1]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "when: { to: '112|urn:service:sos' }, to: { trunk: acme } ; 1",
        "when: { to: '112|urn:service:sos' }, set: { to: { strip: 1 } }, to: { trunk: acme } ; 1",
        "when: { to: '112' }, set: { to: 'urn:service:sos' }, to: { trunk: acme } ; 1",
        "when: { to: '112|urn:service:sos' }, set: { to: '112' }, to: { trunk: acme } ; 0",
        "when: { to: '112|urn:service:sos' }, to: { trunk: ng } ; 0",
        "when: { to: '112' }, to: { trunk: acme } ; 0",
      })
  void aTrunkThatWouldNotBeCalledDeservesASecondLook(String route, int warnings) {
    var loaded =
        ConfigText.loaded(
            ConfigText.MINIMAL
                + TRUNKS
                + "routes: [ { name: r, from: x } ]".replace("from: x", route));
    assertThat(loaded.warnings()).hasSize(warnings);
    if (warnings > 0) {
      assertThat(loaded.warnings().getFirst().toString())
          .contains("trunk acme takes numbers only, so no call to a service");
    }
  }

  @Test
  void aRouteForServicesIsUsedBehindOneForEverybodyInside() {
    String routes =
        """
        routes:
          - { name: inside, to: { registrar: true } }
          - { name: help, when: { to: "urn:service:sos" }, to: { trunk: ng } }
        """;
    assertThat(ConfigText.loaded(ConfigText.MINIMAL + TRUNKS + routes).warnings()).isEmpty();
  }
}
