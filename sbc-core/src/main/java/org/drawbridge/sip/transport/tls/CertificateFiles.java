package org.drawbridge.sip.transport.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads files of certificates only to see whether, and how long, they can be used. */
public final class CertificateFiles {

  /** What renews certificates by itself does so earlier. */
  private static final Duration SOON = Duration.ofDays(14);

  private CertificateFiles() {}

  /** From when on, and how long, a certificate can be used. */
  public record Lifetime(Instant begin, Instant end) {}

  /**
   * What is wrong with them, each naming its file; nothing where all can be used. Blocks.
   *
   * @param identities keys and their chains
   * @param authorities files of those who vouch for others
   */
  public static List<String> problems(
      Collection<TlsFiles> identities, Collection<Path> authorities) {
    List<String> problems = new ArrayList<>();
    for (TlsFiles files : identities) {
      try {
        PemIdentity.read(files);
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    for (Path file : authorities) {
      try {
        PemFile.authorities(file);
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return problems;
  }

  /**
   * When the certificate of each begins and ends, in the same order; what cannot be read is left
   * out. Blocks.
   *
   * @param identities keys and their chains
   */
  public static Map<Path, Lifetime> lifetimes(Collection<TlsFiles> identities) {
    Map<Path, Lifetime> lifetimes = new LinkedHashMap<>();
    for (TlsFiles files : identities) {
      Lifetime lifetime = lifetime(files);
      if (lifetime != null) {
        lifetimes.put(files.certificate(), lifetime);
      }
    }
    return lifetimes;
  }

  /** Which of them have ended, soon will, or have not begun, each naming its file. */
  public static List<String> warnings(Map<Path, Lifetime> lifetimes, Instant now) {
    List<String> warnings = new ArrayList<>();
    lifetimes.forEach(
        (file, lifetime) -> {
          Instant end = lifetime.end();
          if (lifetime.begin().isAfter(now)) {
            warnings.add(
                file + " is not valid before " + lifetime.begin() + ": is the clock here right?");
          }
          if (end.isBefore(now.plus(SOON))) {
            warnings.add(file + (end.isBefore(now) ? " expired on " : " expires on ") + end);
          }
        });
    return warnings;
  }

  /** The first of these ends; null where there is none. */
  public static @Nullable Instant firstEnd(Map<Path, Lifetime> lifetimes) {
    return lifetimes.values().stream()
        .map(Lifetime::end)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static @Nullable Lifetime lifetime(TlsFiles files) {
    try {
      X509Certificate own = PemIdentity.read(files).chain().getFirst();
      return new Lifetime(own.getNotBefore().toInstant(), own.getNotAfter().toInstant());
    } catch (IOException e) {
      return null;
    }
  }
}
