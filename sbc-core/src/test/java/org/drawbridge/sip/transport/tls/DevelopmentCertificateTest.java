package org.drawbridge.sip.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.drawbridge.sip.transport.tls.DevelopmentCertificate.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentCertificateTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

  @TempDir private Path directory;

  private Path tls() {
    return directory.resolve("tls");
  }

  private Path file() {
    return tls().resolve("server.pem");
  }

  private X509Certificate certificate() throws IOException {
    return PemIdentity.read(new TlsFiles(file(), null)).chain().getFirst();
  }

  @Test
  void isMadeForThisMachineAndItsOwnerOnly() throws Exception {
    assertThat(DevelopmentCertificate.ensure(file(), NOW)).isEqualTo(Outcome.CREATED);
    X509Certificate certificate = certificate();
    List<Object> names =
        certificate.getSubjectAlternativeNames().stream().<Object>map(name -> name.get(1)).toList();
    assertThat(names).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().getOrder().bitLength())
        .isEqualTo(256);
    Duration validity =
        Duration.between(
            certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
    assertThat(validity).isEqualTo(Duration.ofDays(397));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (var files = Files.list(tls())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void isKeptUntilAMonthBeforeItExpires() throws Exception {
    DevelopmentCertificate.ensure(file(), NOW);
    X509Certificate first = certificate();
    assertThat(DevelopmentCertificate.ensure(file(), NOW.plus(Duration.ofDays(360))))
        .isEqualTo(Outcome.KEPT);
    assertThat(certificate()).isEqualTo(first);
    assertThat(DevelopmentCertificate.ensure(file(), NOW.plus(Duration.ofDays(368))))
        .isEqualTo(Outcome.RENEWED);
    assertThat(certificate().getNotAfter()).isAfter(first.getNotAfter());
  }

  @Test
  void operatorsFileIsNeverTouched() throws Exception {
    Files.createDirectories(tls());
    Files.writeString(file(), "-----BEGIN NOTES-----\nAAAA\n-----END NOTES-----\n");
    String before = Files.readString(file());
    assertThat(DevelopmentCertificate.ensure(file(), NOW))
        .isEqualTo(Outcome.FOREIGN)
        .hasToString("is your own");
    assertThat(Files.readString(file())).isEqualTo(before);
  }
}
