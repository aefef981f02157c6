package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.control.ControlRequest;
import org.drawbridge.app.running.AccountFiles;
import org.drawbridge.app.running.Drain;
import org.drawbridge.app.running.FileStamps;
import org.drawbridge.app.running.Reloader;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.loop.SteadyTime;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told of phones and calls that are those of somebody else behind us. */
final class PassedOnTest {

  private static final String CONFIG =
      """
      domains: [ example.com, { name: pbx.example, upstream: "sip:127.0.0.1:%1$d;transport=udp" } ]
      listeners: [ { transport: udp, bind: "127.0.0.1:0" } ]
      media: { bind: 127.0.0.1, rtp-ports: 42600-42640, webrtc-port: 42650 }
      registrar: { store: none }
      web: { enabled: false }
      control: { socket: none }
      trunks:
        carrier: { targets: "sip:127.0.0.2", from: 127.0.0.2 }
        pbx: { targets: "sip:127.0.0.1:%1$d;transport=udp" }
      routes:
        - { name: on, when: { from: carrier }, to: { trunk: pbx }, mode: proxy, media: direct }
      """;

  private static final String REGISTER =
      """
      REGISTER sip:pbx.example SIP/2.0
      Via: SIP/2.0/UDP 127.0.0.3;rport;branch=z9hG4bKr
      From: <sip:7001@pbx.example>;tag=1
      To: <sip:7001@pbx.example>
      Call-ID: r
      CSeq: 1 REGISTER
      Contact: <sip:7001@127.0.0.3>
      Max-Forwards: 70
      Content-Length: 0

      """;

  private static final String INVITE =
      """
      INVITE sip:911@example.com SIP/2.0
      Via: SIP/2.0/UDP 127.0.0.2;rport;branch=z9hG4bKi
      From: <sip:1@carrier.example>;tag=1
      To: <sip:911@example.com>
      Call-ID: i
      CSeq: 1 INVITE
      Contact: <sip:1@127.0.0.2>
      Max-Forwards: 70
      Content-Length: 0

      """;

  private static final int LIMIT_MILLIS = 5_000;

  @TempDir private Path directory = Path.of(".");
  private DatagramSocket pbx;
  private Sbc sbc;
  private ControlCommands commands;

  @BeforeEach
  void start() throws Exception {
    pbx = socket("127.0.0.1");
    Path file = directory.resolve("sbc.yaml");
    Files.writeString(file, CONFIG.formatted(pbx.getLocalPort()));
    ConfigResult.Loaded read = (ConfigResult.Loaded) ConfigReader.read(file);
    sbc = Sbc.start(read.config(), AccountFiles.load(read.config()));
    commands =
        new ControlCommands(
            sbc,
            new Reloader(file, sbc, FileStamps.of(List.of(file))),
            new Drain(sbc.doors(), sbc::allCalls, () -> {}, SteadyTime.system()));
  }

  @AfterEach
  void stop() {
    sbc.close();
    pbx.close();
  }

  @Test
  void whereThereAreNoneNothingIsSaidOfThem() {
    assertThat(ask("status").text())
        .contains("\nCalls          0\n")
        .contains("\nRegistrations  0\n");
    assertThat(ask("calls").text()).isEqualTo("There are no calls.\n");
  }

  @Test
  void phonesOfAPbxAreCounted() throws IOException {
    try (DatagramSocket phone = socket("127.0.0.3")) {
      send(phone, REGISTER);
      answer(receive(pbx));
      String answer = receive(phone);
      while (answer.startsWith("SIP/2.0 100")) {
        answer = receive(phone);
      }
      assertThat(answer).startsWith("SIP/2.0 200");
    }
    assertThat(ask("status").text()).contains("\nRegistrations  0, and 1 at a PBX, through us\n");
    assertThat(ask("status").data().path("relayed-registrations").asInt()).isEqualTo(1);
    assertThat(ask("metrics").text()).contains("\ndrawbridge_relayed_registrations 1\n");
  }

  @Test
  void callsThatArePassedOnAreCounted() throws IOException {
    try (DatagramSocket carrier = socket("127.0.0.2")) {
      send(carrier, INVITE);
      assertThat(receive(pbx)).startsWith("INVITE ");
    }
    assertThat(ask("status").text()).contains("\nCalls          0, and 1 passed on\n");
    assertThat(ask("status").data().path("passed-on-calls").asInt()).isEqualTo(1);
    assertThat(ask("calls").text())
        .isEqualTo(
            """
            There are no calls.
            Not listed: 1 passed on (mode: proxy)
            """);
    assertThat(ask("calls").data().path("passed-on").asInt()).isEqualTo(1);
  }

  private ControlReply ask(String command) {
    return commands.apply(new ControlRequest(command, List.of()));
  }

  private static DatagramSocket socket(String host) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral(host));
    socket.setSoTimeout(LIMIT_MILLIS);
    return socket;
  }

  private void send(DatagramSocket from, String text) throws IOException {
    InetSocketAddress to = sbc.listeners().getFirst().address();
    byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static String receive(DatagramSocket at) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[8_192], 8_192);
    at.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  /** The PBX lets a phone in, for as long as it asks. */
  private void answer(String register) throws IOException {
    String headers =
        register
            .lines()
            .skip(1)
            .filter(line -> !line.isEmpty() && !line.startsWith("Max-Forwards"))
            .collect(Collectors.joining("\n"));
    send(pbx, "SIP/2.0 200 OK\n" + headers + "\n\n");
  }
}
