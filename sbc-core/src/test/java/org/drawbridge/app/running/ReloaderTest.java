package org.drawbridge.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sip.transport.tls.DevelopmentCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running program reads its file again: all of it comes into force or nothing does. */
final class ReloaderTest {

  private static final String CONFIG =
      """
      domains: [one.example]
      listeners: [ { transport: udp, bind: "127.0.0.1:0" } ]
      media: { bind: 127.0.0.1, rtp-ports: 42000-42100, webrtc-port: 42200 }
      users: { file: USERS }
      registrar: { store: none }
      web: { enabled: false }
      """;

  private static final String REGISTER =
      """
      REGISTER sip:%1$s SIP/2.0\r
      Via: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK%2$d\r
      From: <sip:1001@%1$s>;tag=1\r
      To: <sip:1001@%1$s>\r
      Call-ID: reload-%2$d\r
      CSeq: 1 REGISTER\r
      Contact: <sip:1001@127.0.0.1>\r
      Max-Forwards: 70\r
      Content-Length: 0\r
      \r
      """;

  @TempDir private Path directory = Path.of(".");
  private Path file = directory;
  private Sbc sbc;
  private Reloader reloader;
  private int requests;

  @BeforeEach
  void start() throws Exception {
    file = directory.resolve("sbc.yaml");
    write(CONFIG);
    Files.writeString(users(), "users: { 1001: { md5: 0123456789abcdef0123456789abcdef } }");
    ConfigResult read = ConfigReader.read(file);
    SbcConfig config = ((ConfigResult.Loaded) read).config();
    sbc = Sbc.start(config, AccountFiles.load(config));
    reloader = new Reloader(file, sbc, FileStamps.of(List.of(file)));
  }

  @AfterEach
  void stop() {
    sbc.close();
  }

  @Test
  void putsAnotherFileIntoForce() throws IOException {
    assertThat(register("two.example")).startsWith("SIP/2.0 403");
    write(CONFIG.replace("[one.example]", "[one.example, two.example]"));

    assertThat(reloader.reload("test")).isInstanceOf(ReloadReport.Applied.class);

    assertThat(register("two.example")).startsWith("SIP/2.0 401");
    assertThat(register("one.example")).startsWith("SIP/2.0 401");
  }

  @Test
  void refusesABadFileWithAllItsMistakesAndKeepsTheOld() throws IOException {
    write(CONFIG.replace("one.example", "two.example") + "limits: { calls: many }\nrouts: []\n");

    assertThat(reloader.reload("test"))
        .isInstanceOfSatisfying(
            ReloadReport.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .hasSize(2)
                    .allMatch(problem -> problem.startsWith(file + ":"))
                    .anyMatch(problem -> problem.contains(":7:18: \"many\""))
                    .anyMatch(problem -> problem.contains(":8:1: unknown key \"routs\"")));
    assertThat(register("one.example")).startsWith("SIP/2.0 401");
    assertThat(register("two.example")).startsWith("SIP/2.0 403");
  }

  @Test
  void refusesABadUsersFileWithAGoodConfiguration() throws IOException {
    write(CONFIG.replace("one.example", "two.example"));
    Files.writeString(users(), "users: { 1001: { md5: short } }");

    assertThat(reloader.reload("test")).isInstanceOf(ReloadReport.Refused.class);
    assertThat(register("one.example")).startsWith("SIP/2.0 401");
  }

  @Test
  void namesTheMistakesOfTheUsersFileAndOfEveryCertificateAtOnce() throws IOException {
    Path bad = Files.writeString(directory.resolve("bad.pem"), "no certificate");
    Path missing = directory.resolve("missing.pem");
    String tls = "{ transport: tls, bind: \"127.0.0.1:0\", certificate: %s }, ";
    write(
        CONFIG.replace(
            "listeners: [ ", "listeners: [ " + tls.formatted(bad) + tls.formatted(missing)));
    Files.writeString(users(), "users: { 1001: { md5: short } }");

    assertThat(reloader.reload("test"))
        .isInstanceOfSatisfying(
            ReloadReport.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .hasSize(3)
                    .anyMatch(problem -> problem.startsWith(users() + ":1:"))
                    .anyMatch(problem -> problem.contains(bad.toString()))
                    .anyMatch(problem -> problem.contains(missing + " does not exist")));
  }

  @Test
  void refusesAFileThatNamesAnAccountThatIsNotThereAndKeepsTheOld() throws IOException {
    String route = "routes: [ { name: desk, to: { accounts: 1010 } } ]\n";
    write(CONFIG.replace("one.example", "two.example") + route);

    assertThat(reloader.reload("test"))
        .isEqualTo(
            new ReloadReport.Refused(
                List.of(
                    file + ":7:41: unknown account \"1010\": did you mean \"1001\"? valid: 1001")));
    assertThat(register("one.example")).startsWith("SIP/2.0 401");

    Files.writeString(users(), Files.readString(users()).replace("1001:", "1010:"));
    assertThat(reloader.reload("test")).isInstanceOf(ReloadReport.Applied.class);
    assertThat(register("two.example")).startsWith("SIP/2.0 401");
  }

  @Test
  void makesNoCertificateWhereOneIsGoneForAMoment() throws IOException {
    Path certificate = directory.resolve("server.pem");
    String tls =
        "listeners: [ { transport: tls, bind: \"127.0.0.1:0\", certificate: %s }, "
            .formatted(certificate);
    write(CONFIG.replace("listeners: [ ", tls));

    assertThat(reloader.reload("test"))
        .isEqualTo(
            new ReloadReport.Refused(
                List.of("certificate " + certificate + " does not exist: only a start makes one")));
    assertThat(certificate).doesNotExist();

    DevelopmentCertificate.ensure(certificate, Instant.now());
    assertThat(reloader.seen()).isNotEqualTo(reloader.seen().again());
    assertThat(reloader.reload("test")).isInstanceOf(ReloadReport.Applied.class);
  }

  @Test
  void countsTheTimeOfTheCertificateThatEndsFirst() throws IOException {
    String gauge = "drawbridge_certificate_expiry_timestamp_seconds ";
    assertThat(sbc.counters().text()).contains(gauge + "0\n");
    Path certificate = directory.resolve("server.pem");
    Instant made = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(300));
    DevelopmentCertificate.ensure(certificate, made);
    String tls =
        "listeners: [ { transport: tls, bind: \"127.0.0.1:0\", certificate: %s }, "
            .formatted(certificate);
    write(CONFIG.replace("listeners: [ ", tls));

    assertThat(reloader.reload("test")).isInstanceOf(ReloadReport.Applied.class);

    Instant end = made.minus(Duration.ofHours(1)).plus(Duration.ofDays(397));
    assertThat(sbc.counters().text()).contains(gauge + end.getEpochSecond() + "\n");
  }

  @Test
  void refusesAListenerThatCannotBeBoundAndKeepsTheRules() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String listener = ", { transport: udp, bind: \"127.0.0.1:" + taken.getLocalPort() + "\" } ]";
      write(CONFIG.replace("one.example", "two.example").replace("} ]", "}" + listener));

      assertThat(reloader.reload("test")).isInstanceOf(ReloadReport.Refused.class);
    }
    assertThat(sbc.listeners()).hasSize(1);
    assertThat(register("one.example")).startsWith("SIP/2.0 401");
  }

  @Test
  void namesWhatWaitsForARestartAndChangesTheRest() throws IOException {
    write(
        CONFIG
            .replace("[one.example]", "[one.example, two.example]")
            .replace("42000-42100", "42000-42150")
            .replace("store: none", "store: " + directory.resolve("bindings.mv")));

    assertThat(reloader.reload("test"))
        .isInstanceOfSatisfying(
            ReloadReport.Applied.class,
            applied ->
                assertThat(applied.later())
                    .containsExactly(
                        "registrar.store: takes effect after a restart",
                        "media.rtp-ports: takes effect after a restart"));
    assertThat(register("two.example")).startsWith("SIP/2.0 401");
  }

  @Test
  void seesChangesOfEveryFileThatWasRead() throws IOException {
    reloader.reload("test");
    assertThat(reloader.seen().again()).isEqualTo(reloader.seen());
    Files.writeString(users(), "users: {}   ");
    assertThat(reloader.seen().again()).isNotEqualTo(reloader.seen());
  }

  @Test
  void aChangeThatACommandHasReadAlreadyIsNotReadAgain() throws IOException {
    write(CONFIG + "routs: []\n");
    assertThat(reloader.seen().again()).isNotEqualTo(reloader.seen());
    reloader.reload("command");

    reloader.reloadIfChanged("file");

    String refused = "drawbridge_reloads_total{result=\"refused\"} ";
    assertThat(sbc.counters().text()).contains(refused + "1\n");
    write(CONFIG + "routs: [ ]\n");
    reloader.reloadIfChanged("file");
    assertThat(sbc.counters().text()).contains(refused + "2\n");
  }

  @Test
  void whoAsksAgainForAFileThatWasRefusedIsNotToldAllOfItInTheLogAgain() throws IOException {
    try (LogLines log = LogLines.of("org.drawbridge.config")) {
      write(CONFIG + "routs: []\n");
      reloader.reload("file");
      assertThat(reloader.reload("command"))
          .isInstanceOfSatisfying(
              ReloadReport.Refused.class, again -> assertThat(again.problems()).hasSize(1));
      assertThat(problemsIn(log)).isEqualTo(1);
      assertThat(log.lines().getLast()).endsWith("trigger=command: the same mistakes");

      write(CONFIG);
      reloader.reload("file");
      write(CONFIG + "routs: []\n");
      reloader.reload("file");
      assertThat(problemsIn(log)).isEqualTo(2);
    }
  }

  private static long problemsIn(LogLines log) {
    return log.lines().stream().filter(line -> line.contains("config.problem")).count();
  }

  private Path users() {
    return directory.resolve("users.yaml");
  }

  private void write(String config) throws IOException {
    Files.writeString(file, config.replace("USERS", users().toString()));
  }

  private String register(String domain) throws IOException {
    InetSocketAddress server = sbc.listeners().getFirst().address();
    byte[] bytes = REGISTER.formatted(domain, ++requests).getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(30_000);
      socket.send(new DatagramPacket(bytes, bytes.length, server));
      DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
    }
  }
}
