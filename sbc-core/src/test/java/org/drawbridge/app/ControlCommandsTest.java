package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.drawbridge.app.control.ControlServer;
import org.drawbridge.app.running.AccountFiles;
import org.drawbridge.app.running.Drain;
import org.drawbridge.app.running.FileStamps;
import org.drawbridge.app.running.Reloader;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.loop.SteadyTime;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.sip.auth.LoginGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that talk to a running program, from the command line to what it answers. */
final class ControlCommandsTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "127.0.0.1:0" } ]
      media: { bind: 127.0.0.1, rtp-ports: 42300-42400, webrtc-port: 42500 }
      registrar: { store: none }
      web: { enabled: false }
      control: { socket: SOCKET }
      trunks:
        acme:
          targets: "sip:127.0.0.1:1"
          username: me
          password: secret
          register: true
        beta: { targets: "sip:127.0.0.1:2;transport=tcp", limits: { calls: 7 },
                headers: { X-Customer: "of $(source)" } }
      routes:
        - { name: out, when: { to: "9.*" }, to: [ { trunk: acme }, { trunk: beta } ] }
        - { name: inside, to: { registrar: true } }
      """;

  @TempDir private Path directory = Path.of(".");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file = directory;
  private Sbc sbc;
  private ControlServer control;

  @BeforeEach
  void start() throws Exception {
    file = directory.resolve("sbc.yaml");
    write(CONFIG);
    ConfigResult read = ConfigReader.read(file);
    SbcConfig config = ((ConfigResult.Loaded) read).config();
    sbc = Sbc.start(config, AccountFiles.load(config));
    control =
        ControlServer.open(
            directory.resolve("s"),
            new ControlCommands(
                sbc,
                new Reloader(file, sbc, FileStamps.of(List.of(file))),
                new Drain(sbc.doors(), sbc::allCalls, () -> {}, SteadyTime.system())));
  }

  @AfterEach
  void stop() throws IOException {
    control.close();
    sbc.close();
  }

  @Test
  void reloadSaysWhatIsInForceAndWhatWaits() throws IOException {
    write(CONFIG.replace("42300-42400", "42300-42450") + "logging: { level: error }\n");
    assertThat(run("reload")).isZero();
    assertThat(out.toString())
        .contains("media.rtp-ports: takes effect after a restart")
        .contains("is in force");
  }

  @Test
  void reloadNamesAllMistakesAlsoWhereTheFileCannotBeParsed() throws IOException {
    write(CONFIG.replace("trunk: acme", "trunk: amce").replace("web:", "wep:"));
    assertThat(run("reload")).isEqualTo(1);
    assertThat(err.toString())
        .contains("sbc.yaml:5:1: unknown key \"wep\"")
        .contains("unknown trunk \"amce\"")
        .contains("stays");
  }

  @Test
  void callsAreLookedForByWords() {
    assertThat(run("calls", "--find", "1001", "--details")).as(err.toString()).isZero();
    assertThat(out.toString()).isEqualTo("There are no calls.\n");
  }

  @Test
  void metricsSayOfEachTrunkInForceWhetherCallsGoThere() throws IOException {
    assertThat(run("metrics")).isZero();
    assertThat(out.toString())
        .contains("# TYPE drawbridge_trunk_up gauge\n")
        .contains("drawbridge_trunk_up{trunk=\"acme\"} 0\n")
        .contains("drawbridge_trunk_up{trunk=\"beta\"} 1\n")
        .contains("drawbridge_trunk_registered{trunk=\"acme\"} 0\n")
        .doesNotContain("drawbridge_trunk_registered{trunk=\"beta\"}")
        .contains("drawbridge_trunk_targets{trunk=\"beta\"} 1\n")
        .contains("drawbridge_trunk_targets_up{trunk=\"beta\"} 1\n")
        .contains("drawbridge_trunk_calls{trunk=\"beta\"} 0\n");
    write(CONFIG.replace("beta", "gamma"));
    run("reload");
    run("metrics");
    assertThat(out.toString().substring(out.toString().indexOf("is in force")))
        .contains("drawbridge_trunk_up{trunk=\"gamma\"} 1\n")
        .doesNotContain("beta");
  }

  @Test
  void explainKnowsHowTrunksStand() {
    assertThat(run("explain", "--from", "1001", "--to", "911")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("-> out")
        .contains("trunk acme as 911 at sip:127.0.0.1:1")
        .contains("[down: not registered: ")
        .contains("then trunk beta as 911 at sip:127.0.0.1:2;transport=tcp\n")
        .contains("       [up: nothing heard of it yet]\n")
        .contains("0 of 7 calls")
        .contains("header: set X-Customer: of 1001@example.com")
        .doesNotContain("not known");
  }

  @Test
  void explainAnswersInJsonToo() {
    assertThat(run("explain", "--json", "--from", "1001", "--to", "911")).isZero();
    JsonNode all = JsonMapper.shared().readTree(out.toString());
    assertThat(all.at("/live").asBoolean()).isTrue();
    assertThat(all.at("/routes/0/matched").asBoolean()).isTrue();
    assertThat(all.at("/decision/targets/0/state").asString()).isEqualTo("down");
    assertThat(all.at("/decision/targets/1/state").asString()).isEqualTo("up");
    assertThat(all.at("/decision/targets/1/targets/0/state").asString()).isEqualTo("unknown");
  }

  @Test
  void theGuideTellsEachNameInThatJson() throws IOException {
    assertThat(run("explain", "--json", "--from", "1001", "--to", "911")).isZero();
    Set<String> names = new TreeSet<>();
    collect(JsonMapper.shared().readTree(out.toString()), names);
    assertThat(names).contains("routes", "decision", "facts");
    String guide = Files.readString(Path.of("../docs/routing.md"));
    assertThat(names)
        .allMatch(name -> guide.contains("\"" + name + "\"") || guide.contains("`" + name + "`"));
  }

  private static void collect(JsonNode node, Set<String> names) {
    names.addAll(node.propertyNames());
    node.forEach(inner -> collect(inner, names));
  }

  @Test
  void explainOfTheFileAloneKnowsNothingOfHealth() {
    assertThat(run("explain", "--file", "--from", "1001", "--to", "1002")).isZero();
    assertThat(out.toString())
        .contains("every device registered as 1002@example.com\n")
        .contains("how trunks and devices stand is not known");
  }

  @Test
  void statusNamesTrunksAndWhy() {
    assertThat(run("status")).isZero();
    assertThat(out.toString())
        .contains("Calls          0")
        .contains("Registrations  0")
        .contains("Trunk acme")
        .contains("down: not registered")
        .contains("sip:127.0.0.1:1 unknown since ")
        .doesNotContain("sip:127.0.0.1:1 up");
    assertThat(run("status", "--json")).isZero();
  }

  @Test
  void registrationsNamesWhoIsNotThere() {
    assertThat(run("registrations", "1001")).isZero();
    assertThat(out.toString()).isEqualTo("1001 is not registered.\n");
  }

  @Test
  void registrationsTakesItsOneWordForTheFileWhereItIsOne() {
    assertThat(run("registrations")).isZero();
    assertThat(out.toString()).isEqualTo("Nobody is registered.\n");
  }

  @Test
  void whatIsMeantForAnotherFileIsNotDoneByWhateverRunsWithTheUsualOne() throws IOException {
    Path missing = directory.resolve("typo.yaml");
    file = missing;
    for (String command : List.of("drain", "reload", "status", "registrations")) {
      assertThat(run(command)).as(command).isEqualTo(1);
      assertThat(err.toString()).as(command).isEqualTo(missing + ": there is no such file\n");
      err.getBuffer().setLength(0);
    }
    file = directory;
    assertThat(run("drain")).isEqualTo(1);
    assertThat(err.toString()).contains("cannot be read").doesNotContain("running");
  }

  @Test
  void noProgramIsStoppedForAFileThatDoesNotSayWhichOneItIsOf() throws IOException {
    List<String> texts =
        List.of(
            "domains: [example.com\n",
            "just words\n",
            "",
            "users: { }\n",
            "domains: [ example.com ]\ncontrol: { sokcet: /run/other.sock }\n",
            "domains: [ example.com ]\ninclude: [ /nowhere/control.yaml ]\n");
    for (String text : texts) {
      write(text);
      assertThat(run("drain")).as(text).isEqualTo(1);
      assertThat(run("lockouts", "--lift", "192.0.2.7")).as(text).isEqualTo(1);
      assertThat(err.toString().lines())
          .as(text)
          .hasSize(2)
          .allMatch(line -> line.contains(".yaml") && !line.contains("running"));
      err.getBuffer().setLength(0);
    }
    assertThat(run("status")).isEqualTo(1);
    assertThat(err.toString()).as("where it only looks").contains("No Drawbridge is running");
    err.getBuffer().setLength(0);
    write(CONFIG + "no-such-key: 1\n");
    assertThat(run("drain")).as("a mistake that came since").isZero();
  }

  @Test
  void whoIsLockedOutIsListedAndCanBeLetInAgain() {
    assertThat(run("lockouts")).isZero();
    assertThat(out.toString()).isEqualTo("Nobody is locked out.\n");
    InetAddress office = InetAddress.ofLiteral("192.0.2.7");
    LoginGuard guard = sbc.guards().getFirst();
    for (int i = 0; i <= 20; i++) {
      guard.failed(office, "1001");
    }
    assertThat(guard.isLocked(office, "1002")).isTrue();
    run("lockouts");
    assertThat(out.toString())
        .containsPattern("192.0.2.7  any account, for (599|600) s\n192.0.2.7  1001, for");
    assertThat(run("lockouts", "--lift", "192.0.2.7")).isZero();
    assertThat(guard.isLocked(office, "1001")).isFalse();
    assertThat(guard.isLocked(office, "1002")).isFalse();
    assertThat(run("lockouts", "--lift", "192.0.2.7")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("192.0.2.7 is not locked out.\n");
    assertThat(run("lockouts", "--lift", "office")).isEqualTo(1);
    assertThat(err.toString()).contains("not an address");
  }

  @Test
  void theNamesThatStrangersTryDoNotSteerTheTerminalOrFillIt() {
    for (int i = 0; i <= 20; i++) {
      sbc.guards()
          .getFirst()
          .failed(InetAddress.ofLiteral("192.0.2.7"), "\u001b[2J" + "9".repeat(5_000));
    }
    assertThat(run("lockouts")).isZero();
    assertThat(out.toString()).contains("192.0.2.7  ?[2J999").doesNotContain("\u001b");
    assertThat(out.toString()).hasSizeLessThan(200);
  }

  @Test
  void explainSaysThatThereIsNoSuchAccount() {
    assertThat(run("explain", "--from", "1001", "--to", "4711")).isZero();
    assertThat(out.toString())
        .contains("registered as 4711@example.com (now 0): there is no such account");
  }

  @Test
  void theMetricsCountWhoIsRegistered() {
    assertThat(run("metrics")).isZero();
    assertThat(out.toString())
        .contains("drawbridge_registrations 0\n")
        .contains("drawbridge_reloads_total{result=\"refused\"} 0\n");
  }

  @Test
  void whoDrainsIsToldOfAndCanBeHeldBack() {
    assertThat(run("drain", "--within", "2m")).isZero();
    assertThat(out.toString()).isEqualTo("There are no calls: it stops now.\n");
    run("status");
    assertThat(out.toString()).contains("Draining       no new calls");
    assertThat(run("drain", "--undo")).isZero();
    assertThat(run("drain", "--undo")).isZero();
    assertThat(out.toString()).contains("New calls are taken again.", "not about to stop");
    assertThat(run("drain", "--within", "soon")).isEqualTo(2);
    assertThat(err.toString()).contains("not a time as in 90s, 30m or 2h: soon");
  }

  @Test
  void recordNamesACallThatIsNotThere() {
    assertThat(run("record", "abc@host", "--to", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("There is no call abc@host.\n");
  }

  @Test
  void metricsAreThoseOfPrometheus() {
    assertThat(run("metrics")).isZero();
    assertThat(out.toString())
        .contains("# TYPE drawbridge_calls gauge")
        .contains("drawbridge_calls 0");
  }

  @Test
  void metricsAreServedOverHttpOnlyWhereTheFileSaysSo() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String metrics = "metrics: { bind: \"127.0.0.1:" + port + "\" }\n";
    write(CONFIG + metrics);
    assertThat(run("reload")).isZero();
    assertThat(get(port, "/metrics").body()).contains("drawbridge_calls 0");
    assertThat(get(port, "/").statusCode()).isEqualTo(404);

    write(CONFIG + metrics.replace("127.0.0.1", "0.0.0.0"));
    assertThat(run("reload")).isEqualTo(1);
    assertThat(err.toString()).contains("can be reached by others");
    assertThat(get(port, "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhereNothingRuns() throws IOException {
    control.close();
    assertThat(run("reload")).isEqualTo(1);
    assertThat(err.toString()).contains("No Drawbridge is running at " + directory.resolve("s"));
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private void write(String config) throws IOException {
    Files.writeString(file, config.replace("SOCKET", directory.resolve("s").toString()));
  }

  private int run(String command, String... words) {
    CommandLine commandLine = Main.commandLine(command);
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[words.length + 2];
    all[0] = command;
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 1] = file.toString();
    return commandLine.execute(all);
  }
}
