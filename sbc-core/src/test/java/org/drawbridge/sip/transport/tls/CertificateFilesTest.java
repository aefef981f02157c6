package org.drawbridge.sip.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.drawbridge.sip.transport.tls.TestAuthority.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are good for a day. */
class CertificateFilesTest {

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path directory = Path.of(".");

  private Path endingAt(Instant end) {
    Wish wish = Wish.named("sbc.example").from(end.minus(DAY));
    return new TestAuthority(directory, "authority").issue(wish).certificate();
  }

  private static Map<Path, Instant> ends(Path... files) {
    return CertificateFiles.ends(Stream.of(files).map(file -> new TlsFiles(file, null)).toList());
  }

  @Test
  void whatHasEndedOrSoonWillIsNamed() {
    Path past = endingAt(NOW.minus(DAY));
    Path soon = endingAt(NOW.plus(DAY.multipliedBy(13)));
    Path later = endingAt(NOW.plus(DAY.multipliedBy(15)));
    Path none = directory.resolve("none.pem");
    assertThat(CertificateFiles.warnings(ends(past, soon, later, none), NOW))
        .containsExactly(
            past + " expired on " + NOW.minus(DAY),
            soon + " expires on " + NOW.plus(DAY.multipliedBy(13)));
  }

  @Test
  void theFirstEndCounts() {
    Path one = endingAt(NOW.plus(DAY));
    Path other = endingAt(NOW.plus(DAY.multipliedBy(2)));
    Path none = directory.resolve("none.pem");
    assertThat(CertificateFiles.firstEnd(ends(other, none, one))).isEqualTo(NOW.plus(DAY));
    assertThat(CertificateFiles.firstEnd(ends(none))).isNull();
  }
}
