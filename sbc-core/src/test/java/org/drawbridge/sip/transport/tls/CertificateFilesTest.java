package org.drawbridge.sip.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.drawbridge.sip.transport.tls.CertificateFiles.Lifetime;
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

  private static Map<Path, Lifetime> lifetimes(Path... files) {
    return CertificateFiles.lifetimes(
        Stream.of(files).map(file -> new TlsFiles(file, null)).toList());
  }

  @Test
  void whatHasEndedOrSoonWillIsNamed() {
    Map<Path, Lifetime> all = new TreeMap<>();
    all.put(Path.of("a.pem"), new Lifetime(Instant.EPOCH, NOW.minus(DAY)));
    all.put(Path.of("b.pem"), new Lifetime(Instant.EPOCH, NOW.plus(DAY.multipliedBy(13))));
    all.put(Path.of("c.pem"), new Lifetime(Instant.EPOCH, NOW.plus(DAY.multipliedBy(15))));
    assertThat(CertificateFiles.warnings(all, NOW))
        .containsExactly(
            "a.pem expired on " + NOW.minus(DAY),
            "b.pem expires on " + NOW.plus(DAY.multipliedBy(13)));
  }

  @Test
  void whatHasNotBegunIsNamedSinceNobodyTakesItYet() {
    Wish wish = Wish.named("sbc.example").from(NOW.plus(DAY));
    Path early = new TestAuthority(directory, "authority").issue(wish).certificate();
    assertThat(CertificateFiles.warnings(lifetimes(early), NOW))
        .contains(
            early
                + " is not valid before "
                + NOW.plus(DAY.minusHours(1))
                + ": is the clock here right?");
  }

  @Test
  void theFirstEndCounts() {
    Path one = endingAt(NOW.plus(DAY));
    Path other = endingAt(NOW.plus(DAY.multipliedBy(2)));
    Path none = directory.resolve("none.pem");
    assertThat(CertificateFiles.firstEnd(lifetimes(other, none, one))).isEqualTo(NOW.plus(DAY));
    assertThat(CertificateFiles.firstEnd(lifetimes(none))).isNull();
  }
}
