package org.drawbridge.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.yaml.Environment;
import org.drawbridge.upstream.TrunkStatus;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A rehearsal says what becomes of a call, also where it is not the routes that decide. */
final class ExplainerTest {

  private static final String CONFIG =
      """
      domains: [ example.com, { name: pbx.example.com, upstream: "sip:192.0.2.5" } ]
      listeners: [ { transport: udp, bind: "127.0.0.1:0" } ]
      trunks: { acme: { targets: "sip:192.0.2.1" }, branch: { account: branch1 } }
      routes:
        - { name: to-branch, when: { to: "8.*" }, to: { trunk: branch } }
        - { name: from-branch, when: { from: branch }, to: { registrar: true } }
        - { name: out, when: { to: "9.*" }, to: { trunk: acme } }
        - { name: inside, to: { registrar: true } }
      """;

  @Test
  void whoHasNoAccountIsRefusedWhateverTheRoutesSay() {
    String words = "no such account: who calls as this one gets 403\n";
    assertThat(explain("--from", "1009", "--to", "911")).contains(words).contains("-> out");
    assertThat(explain("--from", "1001", "--to", "911")).contains("-> out").doesNotContain(words);
    assertThat(explain("--trunk", "acme", "--from", "1009", "--to", "1001")).doesNotContain(words);
  }

  @Test
  void noRouteIsAskedForAPhoneOfAPbx() {
    assertThat(explain("--from", "7@pbx.example.com", "--to", "911"))
        .startsWith("INVITE from 7@pbx.example.com (a phone of pbx.example.com) to 911@")
        .contains("goes to its PBX")
        .contains("trunk pbx.example.com as 911 at sip:192.0.2.5")
        .doesNotContain("->", "acme", "no such account");
  }

  @Test
  void urisAreReadAsTheyStandInLogs() {
    assertThat(explain("--from", "sip:1001@EXAMPLE.com", "--to", "sip:911@example.com:5070;a=b"))
        .startsWith("INVITE from 1001@example.com (an account) to 911@example.com\n")
        .contains("-> out");
    assertThat(explain("--from", "1001", "--to", "tel:9-1-1"))
        .contains("to 911@example.com\n")
        .contains("-> out");
    assertThat(explain("--from", "1001", "--to", "sip:pbx.example.com"))
        .contains("to pbx.example.com\n");
  }

  @Test
  void whatRegistersAsATrunkCallsAsOneAndIsWhereItHasSignedIn() {
    assertThat(explain("--from", "branch1", "--to", "1001"))
        .startsWith("INVITE from branch1@example.com (trunk branch) to 1001@")
        .contains("-> from-branch");
    assertThat(explain("--from", "1001", "--to", "815"))
        .contains("trunk branch as 815 at sip:branch1@example.com")
        .contains("only while it is registered with us");
  }

  @Test
  void aTrunkThatHasNotSignedInIsDown() {
    TrunkStatus status = new TrunkStatus("branch", null, null, List.of());

    assertThat(TrunkWords.of(status.with(0)))
        .isEqualTo(new TrunkWords("down", "its account has not signed in", List.of()));
    assertThat(TrunkWords.of(status.with(2)).isUp()).isTrue();
  }

  private static String explain(String... arguments) {
    ConfigResult read = ConfigReader.parse(CONFIG, "sbc.yaml", Environment.ofProcess());
    SbcConfig config = ((ConfigResult.Loaded) read).config();
    UserAccount account = new UserAccount("1001", "example.com", "x", null, null, null);
    ConfiguredAccounts accounts = new ConfiguredAccounts(config.domains(), List.of(account));
    ExplainOptions options = new ExplainOptions();
    new CommandLine(options).parseArgs(arguments);
    return new Explainer(config, accounts, TrunkView.NOT_RUNNING, true).explain(options).text();
  }
}
