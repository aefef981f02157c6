package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkAccount;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trunks that register with us as an account. */
final class TrunkAccountTest {

  private static final String USERS =
      "users: { branch1: { md5: 0cf1c5a8f3e0d2b4a6978877665544aa } }\n";

  private static SbcConfig config(String trunk) {
    return ConfigText.config(ConfigText.MINIMAL + USERS + "trunks: { branch: " + trunk + " }\n");
  }

  private static Trunk trunk(String trunk) {
    return Objects.requireNonNull(config(trunk).routing().trunks().get("branch"));
  }

  @Test
  void isAnAccountOfOurFirstDomainUnlessItNamesAnother() {
    assertThat(trunk("{ account: branch1 }").account())
        .isEqualTo(new TrunkAccount("branch1", "example.com"));
    assertThat(trunk("{ account: branch1@EXAMPLE.com }").account())
        .isEqualTo(new TrunkAccount("branch1", "example.com"));
  }

  @Test
  void isKnownByItAndHasItsDomain() {
    Trunk trunk = trunk("{ account: branch1 }");
    TrunkIndex index = new TrunkIndex(java.util.List.of(trunk));

    assertThat(index.byAccount("branch1", "example.com")).isEqualTo(trunk);
    assertThat(index.byAccount("branch1", "other.example")).isNull();
    assertThat(trunk.targets()).isEmpty();
    assertThat(trunk.fromDomain()).isEqualTo("example.com");
    assertThat(trunk("{ account: branch1, domain: pbx.example }").fromDomain())
        .isEqualTo("pbx.example");
  }

  @Test
  void calledFromItselfIsNoSurprise() {
    String routes = "routes: [ { name: in, when: { from: branch }, to: { registrar: true } } ]\n";

    assertThat(
            ConfigText.loaded(
                    ConfigText.MINIMAL
                        + USERS
                        + "trunks: { branch: { account: branch1 } }\n"
                        + routes)
                .warnings())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "targets: §\"sip:a.example\"",
        "register: §true",
        "probe: §30s",
        "username: §me, password: x",
        "accept: §{ username: me, password: x }",
        "service-urns: §true",
      })
  void saysNothingOfWhereItIs(String keys) {
    String key = keys.substring(0, keys.indexOf(':'));
    ConfigText.assertProblem(
        USERS + "trunks: { branch: { account: branch1, " + keys + " } }",
        "\"%s\" has no meaning beside \"account\": that trunk registers with us".formatted(key));
  }

  @Test
  void oneAccountIsOneTrunk() {
    ConfigText.assertProblem(
        USERS + "trunks: { branch: { account: branch1 }, other: { account: §branch1 } }",
        "account branch1@example.com already belongs to trunk branch");
  }

  @Test
  void phonesOfAPbxAreNoTrunks() {
    ConfigText.assertOnlyProblem(
        """
        domains: [ example.com, { name: pbx.example, upstream: "sip:10.0.0.5" } ]
        listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
        trunks: { branch: { account: §"100@pbx.example" } }
        """,
        "accounts of pbx.example are those of a PBX behind us, and no trunks");
  }

  @Test
  void theAccountHasToBeThere() {
    SbcConfig config = config("{ account: branch2 }");

    assertThat(AccountsLoader.unknownNames(config, config.accounts().users()).toString())
        .contains("unknown account \"branch2\": did you mean \"branch1\"?");
  }
}
