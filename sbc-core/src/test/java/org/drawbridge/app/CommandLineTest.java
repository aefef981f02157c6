package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.drawbridge.app.running.AccountFiles;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.user.DigestHash;
import org.drawbridge.routing.user.UsersFile;
import org.drawbridge.routing.user.UsersResult;
import org.drawbridge.routing.yaml.Environment;
import org.drawbridge.sip.transport.tls.DevelopmentCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandLineTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners:
        - { transport: udp, bind: "127.0.0.1:5060" }
      trunks:
        acme:
          targets: [ "sip:198.51.100.7;transport=tcp" ]
          from: [ 198.51.100.0/24 ]
      routes:
        - name: outside
          when: { from: registered, to: "00([0-9]+)" }
          set: { to: "+$1" }
          to: [ { trunk: acme } ]
        - name: inside
          when: { to-domain: local }
          to: [ { registrar: true } ]
      """;

  @TempDir private Path directory = Path.of(".");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anAnswerThatCouldNotBeWrittenIsAFailure() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    PrintStream out = new PrintStream(full, false, StandardCharsets.UTF_8);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertThat(Main.delivered(out, told)).isZero();
    out.print("drawbridge_calls 1");
    assertThat(Main.delivered(out, told)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("could not be written");
  }

  @Test
  void eachCommandTellsOfItself() {
    for (String command : Main.commandLine("").getSubcommands().keySet()) {
      CommandLine line = Main.commandLine(command).setOut(new PrintWriter(out, true));
      assertThat(line.execute(command, "--help")).as(command).isZero();
      assertThat(out.toString()).contains("Usage: sbc " + command);
    }
  }

  @Test
  void checkNamesAllCertificatesThatCannotBeUsedButThoseItMakesItself() throws IOException {
    String tls = "  - { transport: tls, bind: \"127.0.0.1:0\", certificate: %s, client-ca: %s }\n";
    Path made = directory.resolve("made.pem");
    Path missing = directory.resolve("missing.pem");
    String trunk = "  acme:\n    certificate: %s\n    trust-ca: %s\n".formatted(made, missing);
    String text =
        CONFIG
            .replace("transport=tcp", "transport=tls")
            .replace("trunks:\n  acme:\n", "trunks:\n" + trunk)
            .replaceFirst("listeners:\n", "listeners:\n" + tls.formatted(made, missing));
    assertThat(text).contains("trust-ca", "client-ca");
    assertThat(run(text, "check")).isEqualTo(1);
    assertThat(err.toString())
        .contains(missing + " does not exist", "warning: there is no " + made)
        .doesNotContain("made.pem does");
  }

  @Test
  void aKeyMayLieApartFromItsCertificate() throws IOException {
    Path whole = directory.resolve("whole.pem");
    DevelopmentCertificate.ensure(whole, Instant.now().minus(Duration.ofDays(390)));
    String pem = Files.readString(whole);
    int end = pem.indexOf("-----BEGIN", 1);
    boolean keyFirst = pem.startsWith("-----BEGIN PRIVATE");
    Path one = Files.writeString(directory.resolve("one.pem"), pem.substring(0, end));
    Path other = Files.writeString(directory.resolve("other.pem"), pem.substring(end));
    Path certificate = keyFirst ? other : one;
    Path key = keyFirst ? one : other;
    String tls = "listeners:\n  - { transport: tls, bind: \"127.0.0.1:0\", certificate: %s%s }\n";
    String apart = tls.formatted(certificate, ", key: " + key);
    assertThat(run(CONFIG.replaceFirst("listeners:\n", apart), "check")).isZero();
    assertThat(err.toString()).contains("warning: " + certificate + " expires on ");

    String alone = tls.formatted(certificate, "");
    assertThat(run(CONFIG.replaceFirst("listeners:\n", alone), "check")).isEqualTo(1);
    assertThat(err.toString()).contains(certificate + " holds no private key");

    Files.delete(certificate);
    assertThat(run(CONFIG.replaceFirst("listeners:\n", apart), "check")).isEqualTo(1);
    assertThat(err.toString()).contains(certificate + " does not exist");
  }

  @Test
  void checkWarnsOfACertificateThatEndsSoon() throws IOException {
    Path pem = directory.resolve("server.pem");
    DevelopmentCertificate.ensure(pem, Instant.now().minus(Duration.ofDays(390)));
    String tls = "listeners:\n  - { transport: tls, bind: \"127.0.0.1:0\", certificate: %s }\n";
    assertThat(run(CONFIG.replaceFirst("listeners:\n", tls.formatted(pem)), "check")).isZero();
    assertThat(err.toString()).contains("warning: " + pem + " expires on ");
  }

  @Test
  void explainTakesEachOptionAsTheGuideWritesIt() throws IOException {
    List<String> words =
        new ArrayList<>(List.of("--from", "1001", "--to", "1002", "--method", "INVITE"));
    words.addAll(List.of("--address", "192.0.2.11", "--header", "X-Customer: gold"));
    words.addAll(List.of("--transport", "udp", "--codec", "opus,pcma"));
    words.addAll(List.of("--media", "audio,webrtc", "--at", "2026-12-24T20:00"));
    assertThatNoException()
        .as("by the running program")
        .isThrownBy(() -> ExplainCommand.parse(words));
    words.addFirst("explain");
    assertThat(run(CONFIG, words.toArray(String[]::new))).as(err.toString()).isZero();
  }

  @Test
  void explainTellsWhichRouteTakesACallAndWhatIsSent() throws IOException {
    assertThat(run(CONFIG, "explain", "--from", "1001", "--to", "00442079460000")).isZero();
    assertThat(out.toString())
        .contains("-> outside")
        .contains("+442079460000")
        .contains("trunk acme as +442079460000 at sip:198.51.100.7;transport=tcp");
  }

  @Test
  void explainOfAFileSaysWhatItIsAboutAndNotThatSomethingFailed() throws IOException {
    assertThat(run(CONFIG, "explain", "--file", "--from", "1001", "--to", "1002")).isZero();
    assertThat(out.toString())
        .endsWith(
            "This is what the file says; how trunks and devices stand is not known from it.\n")
        .doesNotContain("No Drawbridge");
    String nobody = "control: { socket: %s }\n".formatted(directory.resolve("none.sock"));
    assertThat(run(nobody + CONFIG, "explain", "--from", "1001", "--to", "1002")).isZero();
    assertThat(out.toString()).contains("No Drawbridge runs with it. This is what the file says;");
  }

  @Test
  void explainKnowsServices() throws IOException {
    String help =
        "  - { name: help, when: { to: \"urn:service:sos\" }, set: { to: \"112\" }, to: { trunk: acme } }\n";
    assertThat(run(CONFIG + help, "explain", "--from", "1001", "--to", "URN:service:sos.Fire"))
        .isZero();
    assertThat(out.toString())
        .contains("to urn:service:sos.fire\n")
        .containsSubsequence("inside", "a service is no account", "-> help", "trunk acme as 112");
  }

  @Test
  void explainTellsWhyARouteWasPassedOver() throws IOException {
    assertThat(run(CONFIG, "explain", "--from", "1001", "--to", "1002")).isZero();
    assertThat(out.toString())
        .containsSubsequence("outside", "-> inside", "every device registered as 1002@example.com");
  }

  @Test
  void aStrangerReachesNoTrunk() throws IOException {
    assertThat(
            run(
                CONFIG,
                "explain",
                "--stranger",
                "--from",
                "x@else.example",
                "--to",
                "00442079460000"))
        .isZero();
    assertThat(out.toString()).contains("refused: 404").doesNotContain("trunk acme as");
  }

  @Test
  void aTrunkThatIsNotThereIsNamed() throws IOException {
    assertThat(run(CONFIG, "explain", "--trunk", "beta", "--from", "1", "--to", "1002"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("no trunk beta").contains("acme");
  }

  @Test
  void checkNamesEveryMistakeWithItsPlace() throws IOException {
    String wrong = CONFIG.replace("domains:", "domans:").replace("trunk: acme", "trunk: amce");
    assertThat(run(wrong, "check")).isEqualTo(1);
    assertThat(err.toString())
        .contains("sbc.yaml:1:1")
        .contains("did you mean \"domains\"")
        .contains("amce");
  }

  @Test
  void checkKnowsTheAccountsThatTheFirstStartWillMake() throws IOException {
    String users = "users: { file: %s }\n".formatted(directory.resolve("to-be-made.yaml"));
    String route = "  - { name: desk, to: { accounts: [ 1001, 1010 ] } }\n";
    assertThat(run(users + CONFIG + route, "check")).isEqualTo(1);
    assertThat(err.toString())
        .contains("unknown account \"1010\": did you mean \"1001\"? valid: 1001, 1002, 1003")
        .doesNotContain("account \"1001\"");
  }

  @Test
  void checkTellsThatTheStartMakesTheUsersFile() throws IOException {
    Path users = directory.resolve("to-be-made.yaml");
    assertThat(run("users: { file: %s }\n".formatted(users) + CONFIG, "check")).isZero();
    assertThat(err.toString()).contains("warning: there is no " + users + ": the start makes it");
    Path besideConfigurations = directory.resolve("sbd.yaml");
    String text = CONFIG + "users: { file: %s }\n".formatted(besideConfigurations);
    assertThat(run(text, "check")).as("sbc.yaml has users too").isZero();
  }

  @Test
  void aUsersFileWhoseNameIsNearlyThatOfAnotherIsNotMade() throws IOException {
    Files.writeString(directory.resolve("users.yaml"), "users: { }\n");
    Path typo = directory.resolve("user.yaml");
    String text = "users: { file: %s }\n".formatted(typo) + CONFIG.replace(":5060", ":0");
    String words =
        typo + ": there is no such file: did you mean " + directory.resolve("users.yaml");
    assertThat(run(text, "check")).isEqualTo(1);
    assertThat(err.toString()).contains(words).contains("users: {}");
    err.getBuffer().setLength(0);
    assertThat(run(text, "run")).isEqualTo(1);
    assertThat(err.toString()).contains(words);
    assertThat(typo).doesNotExist();
  }

  @Test
  void accountsOfTheFirstStartAreNoneOfThoseInTheConfiguration() throws IOException {
    Path made = directory.resolve("to-be-made.yaml");
    String hash = "0123456789abcdef".repeat(2);
    String users = "users: { file: %s, 1002: { md5: %s } }\n".formatted(made, hash);
    Path file = Files.writeString(directory.resolve("sbc.yaml"), users + CONFIG);
    SbcConfig config = ((ConfigResult.Loaded) ConfigReader.read(file)).config();
    assertThatNoException()
        .isThrownBy(
            () -> {
              AccountFiles.make(config, made);
              AccountFiles.load(config);
            });
  }

  @Test
  void whatMayBeLeftOutIsShownSo() {
    for (String command : List.of("run", "check", "status", "explain", "record", "drain")) {
      CommandLine line = Main.commandLine(command).setOut(new PrintWriter(out, true));
      assertThat(line.execute(command, "--help")).as(command).isZero();
    }
    assertThat(out.toString())
        .contains("sbc check [-h] [FILE]", "CALL [FILE]")
        .doesNotContain("<file>", " FILE\n");
  }

  @Test
  void aHashIsForTheAccountAsTheUsersFileReadsIt() throws IOException {
    String typed = hashed("al'ice@Example.COM", "a good password");
    Path file = Files.writeString(directory.resolve("users.yaml"), "users:\n" + typed);
    UsersResult read = UsersFile.read(file, List.of("example.com"), Environment.ofProcess());
    assertThat(read).as(typed).isInstanceOf(UsersResult.Loaded.class);
    String hash = DigestHash.MD5.ha1("al'ice", "example.com", "a good password");
    assertThat(((UsersResult.Loaded) read).accounts().getFirst().ha1Md5()).isEqualTo(hash);
  }

  @Test
  void noHashIsMadeOfWhatIsNoAccountOrNoPassword() throws IOException {
    for (String account : List.of("", "a b@example.com", "@example.com", "1001@", "1001@a b")) {
      assertThat(hashed(account, "a good password")).as(account).isEmpty();
      assertThat(err.toString()).as(account).isNotEmpty();
      err.getBuffer().setLength(0);
    }
    assertThat(hashed("1001@example.com", "")).isEmpty();
    assertThat(err.toString()).contains("at least 8 characters");
  }

  private String hashed(String account, String password) throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(password.getBytes(StandardCharsets.UTF_8)));
    try {
      CommandLine line = Main.commandLine("hash-password");
      line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
      assertThat(line.execute("hash-password", account))
          .isEqualTo(out.toString().isEmpty() ? 1 : 0);
      return out.toString();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void checkPassesAGoodFile() throws IOException {
    assertThat(run(CONFIG, "check")).isZero();
    assertThat(out.toString()).contains("1 listeners, 1 trunks, 2 routes");
  }

  @Test
  void wrongWordsAreAnsweredWithTheUsage() throws IOException {
    assertThat(run(CONFIG, "explain", "--to", "1002")).isEqualTo(2);
    assertThat(err.toString()).contains("--from");
  }

  @Test
  void anUnknownCommandIsAnsweredWithAllThereAre() {
    CommandLine commandLine = Main.commandLine("rum").setErr(new PrintWriter(err, true));
    assertThat(commandLine.execute("rum")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean: sbc run?");
    assertThat(commandLine.getUsageMessage())
        .contains("run ", "check ", "explain ", "reload ", "status ", "calls ", "record ")
        .contains("metrics ", "hash-password ");
  }

  /** Runs a command on a configuration, whose path is its last word. */
  private int run(String config, String... words) throws IOException {
    Path file = Files.writeString(directory.resolve("sbc.yaml"), config);
    String[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = file.toString();
    CommandLine commandLine = Main.commandLine(words[0]);
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(all);
  }
}
