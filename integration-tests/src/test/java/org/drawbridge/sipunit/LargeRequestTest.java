package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** Requests that are too large for a datagram (RFC 3261 section 18.1.1). */
@OnTestBed
final class LargeRequestTest {

  private static final String OFFICE = "127.0.0.21";
  private static final String CARRIER = "127.0.0.2";
  private static final String BODY = "x".repeat(1_400);
  private static final int PATIENCE_MILLIS = 40_000;

  private static RawPhone office(TestBed bed, int carrierPort) {
    String trunks =
        """
        trunks:
          office: { targets: "sip:%s", from: %s }
          carrier: { targets: "sip:%s:%d" }
        """
            .formatted(OFFICE, OFFICE, CARRIER, carrierPort);
    String route =
        "- { name: outside, when: { from: office, to: \"[0-9]+\" }, to: [ { trunk: carrier } ] }\n";
    return bed.join(RawPhone.open(OFFICE, bed.sbc(trunks, route).ports().sip()));
  }

  private static void sendMessage(RawPhone office) {
    String to = "sip:442079460000@" + SbcFiles.DOMAIN;
    RequestText text = new RequestText(office.hostPort(), "sip:office@" + OFFICE, to);
    office.send(text.text("MESSAGE", to, RequestText.newBranch(), null, 1, List.of(), BODY));
  }

  @Test
  void theyGoOverTcp(TestBed bed) throws IOException {
    int port = FreePorts.one();
    try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.ofLiteral(CARRIER))) {
      tcp.setSoTimeout(PATIENCE_MILLIS);
      RawPhone office = office(bed, port);
      RawPhone udp = bed.join(RawPhone.open(CARRIER, port, bed.sbc().ports().sip()));
      sendMessage(office);

      try (Socket connection = tcp.accept()) {
        connection.setSoTimeout(PATIENCE_MILLIS);
        WireMessage message = read(connection);
        assertThat(message.header("Via")).startsWith("SIP/2.0/TCP ").contains(";alias");
        assertThat(message.body()).isEqualTo(BODY);
        String answer = ResponseText.of(udp, message, "200 OK", "");
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        office.awaitResponse(200, "MESSAGE");
      }
      assertThat(udp.requests("MESSAGE")).isEmpty();
    }
  }

  @Test
  void theyGoOverUdpWhereThereIsNoTcp(TestBed bed) {
    int port = FreePorts.one();
    RawPhone office = office(bed, port);
    RawPhone udp = bed.join(RawPhone.open(CARRIER, port, bed.sbc().ports().sip()));
    sendMessage(office);

    WireMessage message = udp.awaitRequest("MESSAGE");
    assertThat(message.header("Via")).startsWith("SIP/2.0/UDP ");
    assertThat(message.body()).isEqualTo(BODY);
    udp.respond(message, "200 OK", "");
    office.awaitResponse(200, "MESSAGE");
  }

  private static WireMessage read(Socket connection) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (!all.toString(StandardCharsets.UTF_8).endsWith(BODY)) {
      int next = connection.getInputStream().read();
      if (next < 0) {
        break;
      }
      all.write(next);
    }
    return new WireMessage(all.toString(StandardCharsets.UTF_8), 0);
  }
}
