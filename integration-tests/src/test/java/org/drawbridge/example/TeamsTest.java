package org.drawbridge.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.drawbridge.tls.OpenSslAuthority;
import org.drawbridge.tls.OpenSslParty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a trunk in the style of Microsoft Teams, over real TLS both ways. */
@OnTestBed
final class TeamsTest {

  private static final String CARRIER = "127.0.0.2";
  private static final String TEAMS = "127.0.0.4";

  /** What Teams says of itself in its messages. */
  private static final String CONTACT = "sip:api@localhost:%d;transport=tls";

  @TempDir private Path directory = Path.of(".");
  private final int teamsPort = FreePorts.one();
  private final int carrierPort = FreePorts.one();

  /** The example with a certificate of an authority's in place of the development one. */
  private Office open(TestBed bed, OpenSslAuthority authority, String... more) throws IOException {
    Path home = Path.of("target/scenario/examples/teams-tls");
    Files.createDirectories(home);
    Files.writeString(
        home.resolve("server.pem"), Files.readString(authority.issue("sbc.example.com")));
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("10.0.0.1:5060", "127.0.0.1:0");
    changes.put("sip:10.0.0.20:5060", "sip:" + CARRIER + ":" + carrierPort);
    changes.put("from: 10.0.0.20", "from: " + CARRIER);
    changes.put("52.112.0.0/14, 52.122.0.0/15", TEAMS);
    changes.put("sip:sip.pstnhub.microsoft.com:5061", "sip:localhost:" + teamsPort);
    changes.put(".pstnhub.microsoft.com:5061", ".teams.invalid:5061");
    changes.put("    media: sdes", "    trust-ca: " + authority.file() + "\n    media: sdes");
    for (int i = 0; i < more.length; i += 2) {
      changes.put(more[i], more[i + 1]);
    }
    return Office.open(bed, "teams-tls", changes);
  }

  private OpenSslParty teams(TestBed bed, OpenSslAuthority authority, Path certificate) {
    Path log = directory.resolve("teams.log");
    return bed.join(
        OpenSslParty.server(log, "127.0.0.1", teamsPort, certificate, authority.file()));
  }

  @Test
  void weCallTeamsOverTlsByTheNameInOurCertificate(TestBed bed) throws IOException {
    OpenSslAuthority authority = OpenSslAuthority.found(directory, "public");
    OpenSslParty teams = teams(bed, authority, authority.issue("localhost"));
    Office office = open(bed, authority, "probe: 60s", "probe: 1h");
    RawPhone carrier = office.party(CARRIER, carrierPort);
    RawCall call = Office.callIn(carrier, "+442079460123", "sbc.example.com");

    WireMessage invite = teams.awaitRequest("INVITE");
    int port = office.sbc().port(Transport.TLS);
    assertThat(invite.contact()).contains("@sbc.example.com:" + port, "transport=tls");
    assertThat(invite.header("Via")).startsWith("SIP/2.0/TLS sbc.example.com:" + port);
    assertThat(invite.header("From")).contains("@sbc.example.com>");
    assertThat(invite.body()).contains("RTP/SAVP", "a=crypto");
    String contact = CONTACT.formatted(teamsPort);
    teams.respond(invite, "200 OK", contact, encrypted());
    carrier.send(call.ack(carrier.awaitResponse(200, "INVITE")));
    teams.awaitRequest("ACK");
    WireMessage answer = carrier.awaitResponse(200, "INVITE");
    carrier.send(call.next("BYE", answer));
    teams.respond(teams.awaitRequest("BYE"), "200 OK", contact, "");
    carrier.awaitResponse(200, "BYE");
  }

  @Test
  void teamsIsProbedAsItWants(TestBed bed) throws IOException {
    OpenSslAuthority authority = OpenSslAuthority.found(directory, "public");
    OpenSslParty teams = teams(bed, authority, authority.issue("localhost"));
    Office office = open(bed, authority, "probe: 60s", "probe: 1s");
    WireMessage options = teams.awaitRequest("OPTIONS");
    int port = office.sbc().port(Transport.TLS);
    assertThat(options.contact()).contains("@sbc.example.com:" + port);
    assertThat(options.header("From")).startsWith("<sip:ping@sbc.example.com>");
    teams.respond(options, "200 OK", CONTACT.formatted(teamsPort), "");
  }

  @Test
  void whoeverShowsAnotherNameInItsPlaceGetsNoCall(TestBed bed) throws IOException {
    OpenSslAuthority authority = OpenSslAuthority.found(directory, "public");
    OpenSslParty impostor = teams(bed, authority, authority.issue("sip.impostor.example"));
    Office office = open(bed, authority, "probe: 60s", "probe: 1h");
    RawPhone carrier = office.party(CARRIER, carrierPort);
    Office.callIn(carrier, "+442079460123", "sbc.example.com");
    assertThat(carrier.await("a refusal", m -> m.isFinal("INVITE")).startLine())
        .startsWith("SIP/2.0 5");
    assertThat(impostor.hasHeard()).isFalse();
  }

  @Test
  void teamsCallsIn(TestBed bed) throws IOException {
    OpenSslAuthority authority = OpenSslAuthority.found(directory, "public");
    Office office = open(bed, authority, "probe: 60s", "probe: 1h");
    RawPhone carrier = office.party(CARRIER, carrierPort);
    int port = office.sbc().port(Transport.TLS);
    OpenSslParty teams =
        bed.join(
            OpenSslParty.client(directory.resolve("in.log"), TEAMS, port, null, authority.file()));
    teams.send(
        """
        INVITE sip:+441632960000@sbc.example.com:5061;user=phone;transport=tls SIP/2.0
        Via: SIP/2.0/TLS 127.0.0.4:5061;branch=z9hG4bK-teams-1
        Max-Forwards: 70
        From: <sip:+442079460123@sip.pstnhub.microsoft.com>;tag=teams-1
        To: <sip:+441632960000@sbc.example.com>
        Call-ID: teams-1@pstnhub
        CSeq: 1 INVITE
        Contact: <sip:api@127.0.0.4:5061;transport=tls>
        """,
        encrypted());
    WireMessage invite = carrier.awaitRequest("INVITE");
    assertThat(invite.requestUri()).startsWith("sip:+441632960000@" + CARRIER);
    assertThat(invite.body()).contains("RTP/AVP 0").doesNotContain("a=crypto");
    carrier.respond(invite, "200 OK", RawCall.sdp(CARRIER));
    WireMessage answer = teams.awaitFinal("INVITE");
    assertThat(answer.startLine()).startsWith("SIP/2.0 200");
    assertThat(answer.contact()).contains("@sbc.example.com:" + port);
    assertThat(answer.body()).contains("RTP/SAVP", "a=crypto");
  }

  private static String encrypted() {
    String key = "inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd";
    return RawCall.sdp(TEAMS)
            .replace("RTP/AVP 0 8", "RTP/SAVP 0")
            .replace("a=rtpmap:8 PCMA/8000\r\n", "")
        + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 "
        + key
        + "\r\n";
  }
}
