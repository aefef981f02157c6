package org.drawbridge.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trunk that calls in from anywhere and is known by the certificate that it shows. */
@OnTestBed
final class CertificateTrunkTest {

  /** An address that belongs to nobody. */
  private static final String ANYWHERE = "127.0.0.9";

  private static final String ROUTE =
      """
      - name: from-acme
        when: { from: acme, to: "+44207946([0-9]{4})" }
        set: { to: "$1" }
        to: [ { registrar: true } ]
      """;

  @TempDir private Path directory = Path.of(".");

  /** The program with a second TLS listener that asks for certificates, and one phone. */
  private record Scene(RawPhone phone, int port, Path trusted) {

    OpenSslParty caller(TestBed bed, Path log, @Nullable Path own) {
      return bed.join(OpenSslParty.client(log, ANYWHERE, port, own, trusted));
    }
  }

  private Scene open(TestBed bed, Path authorities) throws IOException {
    int port = FreePorts.one();
    Path server = directory.resolve("server.pem");
    String listener =
        "listeners: [ { transport: tls, bind: '127.0.0.1:%d', certificate: %s, client-ca: %s } ]\n";
    Path more = directory.resolve("more.yaml");
    Files.writeString(more, listener.formatted(port, server, authorities));
    String trunk =
        """
        include: [ %s ]
        trunks:
          acme: { targets: "sip:acme.invalid;transport=tls", accept: { certificate: sbc.acme.example } }
        """;
    int sip = bed.sbc(trunk.formatted(more), ROUTE).ports().sip();
    RawPhone phone = bed.join(RawPhone.open("127.0.0.12", sip));
    phone.register(SbcFiles.account("1004"));
    return new Scene(phone, port, server);
  }

  private static void invite(OpenSslParty caller) {
    String id = UUID.randomUUID().toString();
    caller.send(
        """
        INVITE sip:+442079461004@sbc.test SIP/2.0
        Via: SIP/2.0/TLS sbc.acme.example;branch=z9hG4bK-%1$s
        Max-Forwards: 70
        From: <sip:+441632960000@sbc.acme.example>;tag=acme
        To: <sip:+442079461004@sbc.test>
        Call-ID: %1$s
        CSeq: 1 INVITE
        Contact: <sip:sbc.acme.example;transport=tls>
        """
            .formatted(id),
        RawCall.sdp(ANYWHERE));
  }

  @Test
  void whoShowsTheRightCertificateIsTheTrunk(TestBed bed) throws IOException {
    OpenSslAuthority authority = OpenSslAuthority.found(directory, "carriers");
    Scene scene = open(bed, authority.file());
    OpenSslParty acme =
        scene.caller(bed, directory.resolve("acme.log"), authority.issue("sbc.acme.example"));
    invite(acme);
    WireMessage invite = scene.phone.awaitRequest("INVITE");
    assertThat(invite.requestUri()).contains(scene.phone.hostPort());
    scene.phone.respond(invite, "200 OK", RawCall.sdp(scene.phone.address()));
    assertThat(acme.awaitFinal("INVITE").startLine()).startsWith("SIP/2.0 200");
  }

  @Test
  void anotherNameAndNoCertificateAreStrangers(TestBed bed) throws IOException {
    OpenSslAuthority authority = OpenSslAuthority.found(directory, "carriers");
    Scene scene = open(bed, authority.file());
    OpenSslParty beta =
        scene.caller(bed, directory.resolve("beta.log"), authority.issue("sbc.beta.example"));
    OpenSslParty nobody = scene.caller(bed, directory.resolve("nobody.log"), null);
    invite(beta);
    invite(nobody);
    assertThat(beta.awaitFinal("INVITE").startLine()).startsWith("SIP/2.0 404");
    assertThat(nobody.awaitFinal("INVITE").startLine()).startsWith("SIP/2.0 404");
    assertThat(scene.phone.requests("INVITE")).isEmpty();
  }

  @Test
  void anotherAuthorityIsTurnedAwayUntilAReloadNamesIt(TestBed bed) throws IOException {
    OpenSslAuthority carriers = OpenSslAuthority.found(directory, "carriers");
    OpenSslAuthority others = OpenSslAuthority.found(directory, "others");
    Path authorities = Files.copy(carriers.file(), directory.resolve("authorities.pem"));
    Path own = others.issue("sbc.acme.example");
    Scene scene = open(bed, authorities);
    OpenSslParty forged = scene.caller(bed, directory.resolve("forged.log"), own);
    forged.awaitEnd();
    assertThat(forged.hasHeard()).isFalse();

    Files.copy(others.file(), authorities, StandardCopyOption.REPLACE_EXISTING);
    assertThat(bed.sbc().ask("reload").ok()).isTrue();
    OpenSslParty acme = scene.caller(bed, directory.resolve("acme.log"), own);
    invite(acme);
    scene.phone.respond(scene.phone.awaitRequest("INVITE"), "486 Busy Here", "");
    assertThat(acme.awaitFinal("INVITE").startLine()).startsWith("SIP/2.0 486");
  }
}
