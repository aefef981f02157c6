package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.rule.RouteTable;
import org.drawbridge.routing.rule.RouteTarget;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkCare;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.routing.trunk.TrunkRegistration;
import org.drawbridge.routing.value.Secret;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file says of others whom we register with, probe, or relay registrations to. */
final class UpstreamConfigTest {

  private static final TrunkCredentials ME = new TrunkCredentials("me", new Secret("from-env"));

  @Test
  void aTrunkThatSaysNothingIsNeitherRegisteredWithNorProbed() {
    assertThat(trunk("targets: \"sip:a.example\"").care()).isEqualTo(TrunkCare.NONE);
  }

  @Test
  void trueRegistersWithTheCredentialsOfTheTrunkAtItsFirstTarget() {
    Trunk trunk =
        trunk(
            "targets: \"sip:a.example\", username: me, password: \"${PASSWORD}\", register: true");

    assertThat(trunk.care().registration())
        .isEqualTo(new TrunkRegistration(ME, "me", "a.example", Duration.ofHours(1)));
  }

  @Test
  void aRegistrationMayHaveCredentialsOfItsOwnWhichThenAnswerCallsToo() {
    Trunk trunk =
        trunk(
            "targets: \"sip:a.example\", probe: 30s, register: { username: me,"
                + " password: \"${PASSWORD}\", domain: carrier.example, expires: 10m }");

    assertThat(trunk.care())
        .isEqualTo(
            new TrunkCare(
                new TrunkRegistration(ME, "me", "carrier.example", Duration.ofMinutes(10)),
                Duration.ofSeconds(30),
                false));
    assertThat(trunk.credentials()).isEqualTo(ME);
  }

  @Test
  void anAccountMayBeNamedBesideTheNameItSignsInBy() {
    TrunkRegistration registration =
        trunk(
                "targets: \"sip:a.example\", username: me, password: \"${PASSWORD}\","
                    + " register: { user: \"+4930100\" }")
            .care()
            .registration();

    assertThat(registration)
        .isEqualTo(new TrunkRegistration(ME, "+4930100", "a.example", Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', carrier.example, carrier.example",
    "'from-domain: mine.example,', carrier.example, mine.example",
  })
  void theDomainOfATrunkIsThatOfItsRegistrarAndOfFrom(String keys, String registrar, String from) {
    Trunk trunk =
        trunk(
            "targets: \"sip:a.example\", domain: carrier.example, username: me,"
                + keys
                + " password: \"${PASSWORD}\", register: true");

    assertThat(Objects.requireNonNull(trunk.care().registration()).domain()).isEqualTo(registrar);
    assertThat(trunk.fromDomain()).isEqualTo(from);
    assertThat(trunk.uris().domain()).isEqualTo("carrier.example");
  }

  @Test
  void falseDoesNotRegister() {
    assertThat(trunk("targets: \"sip:a.example\", register: false").care().registration()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          register: true                        | register needs a username and a password, here or at the trunk
          register: maybe                       | "maybe" is neither true nor false
          register: { username: me }            | "username" needs a "password" beside it
          probe: 0s                             | "0s" is not within 1s and 3600s
          """)
  void saysWhatIsWrongWithATrunk(String keys, String message) {
    assertThat(
            ConfigText.problems(
                ConfigText.MINIMAL
                    + "trunks: { acme: { targets: \"sip:a.example\", "
                    + keys
                    + " } }"))
        .map(ConfigProblem::message)
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          username: me, password: "${NO_SUCH}", register: true
          register: { username: me, password: "${NO_SUCH}" }
          username: me, password: "${NO_SUCH}", register: { domain: a.example }
          accept: { username: me, password: "${NO_SUCH}" }
          """)
  void aPasswordThatIsNotSetIsOneMistake(String keys) {
    assertThat(
            ConfigText.problems(
                ConfigText.MINIMAL
                    + "trunks: { acme: { targets: \"sip:a.example\", "
                    + keys
                    + " } }"))
        .map(ConfigProblem::message)
        .containsExactly("the environment variable NO_SUCH is not set");
  }

  @Test
  void aDomainMayBelongToAPbx() {
    SbcConfig config =
        config(
            "[ example.com, { name: PBX.example, upstream: \"sip:192.0.2.9:5070;transport=tcp\","
                + " refresh: 90s, path: true } ]");
    RelayedDomain relayed = Objects.requireNonNull(config.accounts().relayed().get("pbx.example"));

    assertThat(config.domains()).containsExactly("example.com", "pbx.example");
    assertThat(config.ownDomains()).containsExactly("example.com");
    assertThat(relayed.refresh()).isEqualTo(Duration.ofSeconds(90));
    assertThat(relayed.path()).isTrue();
    assertThat(relayed.upstream().name()).isEqualTo("pbx.example");
    assertThat(relayed.upstream().targets())
        .map(Object::toString)
        .containsExactly("sip:192.0.2.9:5070;transport=tcp");
    assertThat(relayed.upstream().care().upstream()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [ { name: pbx.example } ]                                 | a domain of a PBX needs "name" and "upstream"
          [ { name: p, upstream: "sip:h;transport=ws" } ]           | trunks are reached over udp, tcp or tls
          [ { name: p, upstream: "sip:h", refresh: 1s } ]           | "1s" is not within 10s and 3600s
          [ { name: p, upstream: "sip:h" }, { name: p, upstream: "sip:i" } ] | domain p stands here twice
          """)
  void saysWhatIsWrongWithADomain(String domains, String message) {
    assertThat(ConfigText.problems(text(domains))).map(ConfigProblem::message).contains(message);
  }

  @Test
  void accountsOfOursNeedADomainOfOurs() {
    String text = text("[ { name: p, upstream: \"sip:h\" } ]") + "users: { file: users.yaml }\n";

    assertThat(ConfigText.problems(text))
        .map(ConfigProblem::message)
        .containsExactly("where there are users, the first domain cannot be that of a PBX");
  }

  @Test
  void aTrunkCannotBeCalledLikeADomainOfAPbx() {
    String text =
        text("[ x, { name: p, upstream: \"sip:h\" } ]") + "trunks: { p: { targets: \"sip:i\" } }\n";

    assertThat(ConfigText.problems(text))
        .map(ConfigProblem::message)
        .containsExactly("a domain and a trunk are both called p");
  }

  @Test
  void callsToAnAccountOfAPbxGoToThePbx() {
    SbcConfig config = config("[ example.com, { name: pbx.example, upstream: \"sip:h\" } ]");
    RouteQuery query =
        new RouteQuery(
            new CallSource.Registered("1001", "example.com"),
            "INVITE",
            new Party("1001", "example.com"),
            new Party("2001", "pbx.example"));

    RouteDecision decision = RouteTable.compile(config).decide(query);

    assertThat(((RouteDecision.Deliver) decision).targets())
        .singleElement()
        .isInstanceOfSatisfying(
            RouteTarget.ToTrunk.class,
            target -> {
              assertThat(target.trunk().name()).isEqualTo("pbx.example");
              assertThat(target.user()).isEqualTo("2001");
            });
  }

  private static Trunk trunk(String keys) {
    SbcConfig config = ConfigText.config(ConfigText.MINIMAL + "trunks: { acme: { " + keys + " } }");
    return List.copyOf(config.routing().trunks().values()).getFirst();
  }

  private static SbcConfig config(String domains) {
    return ConfigText.config(text(domains));
  }

  private static String text(String domains) {
    return "domains: " + domains + "\nlisteners: [ { transport: udp, bind: \"0.0.0.0:5060\" } ]\n";
  }
}
