package org.drawbridge.sip.transport.tls;

import java.io.IOException;
import java.nio.file.Path;
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
   * When the certificate of each ends, in the same order; what cannot be read is left out. Blocks.
   *
   * @param identities keys and their chains
   */
  public static Map<Path, Instant> ends(Collection<TlsFiles> identities) {
    Map<Path, Instant> ends = new LinkedHashMap<>();
    for (TlsFiles files : identities) {
      Instant end = end(files);
      if (end != null) {
        ends.put(files.certificate(), end);
      }
    }
    return ends;
  }

  /** Which of them have ended or soon will, each naming its file. */
  public static List<String> warnings(Map<Path, Instant> ends, Instant now) {
    List<String> warnings = new ArrayList<>();
    ends.forEach(
        (file, end) -> {
          if (end.isBefore(now.plus(SOON))) {
            warnings.add(file + (end.isBefore(now) ? " expired on " : " expires on ") + end);
          }
        });
    return warnings;
  }

  /** The first of these ends; null where there is none. */
  public static @Nullable Instant firstEnd(Map<Path, Instant> ends) {
    return ends.values().stream().min(Comparator.naturalOrder()).orElse(null);
  }

  private static @Nullable Instant end(TlsFiles files) {
    try {
      return PemIdentity.read(files).chain().getFirst().getNotAfter().toInstant();
    } catch (IOException e) {
      return null;
    }
  }
}
