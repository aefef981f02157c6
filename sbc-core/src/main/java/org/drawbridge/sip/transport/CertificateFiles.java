package org.drawbridge.sip.transport;

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
   * @param identities files of a key and its chain
   * @param authorities files of those who vouch for others
   */
  public static List<String> problems(Collection<Path> identities, Collection<Path> authorities) {
    List<String> problems = new ArrayList<>();
    for (Path file : identities) {
      try {
        PemIdentity.read(new TlsFiles(file, null));
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
   * When each of them ends, in the same order; what cannot be read is left out. Blocks.
   *
   * @param identities files of a key and its chain
   */
  public static Map<Path, Instant> ends(Collection<Path> identities) {
    Map<Path, Instant> ends = new LinkedHashMap<>();
    for (Path file : identities) {
      Instant end = end(file);
      if (end != null) {
        ends.put(file, end);
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

  private static @Nullable Instant end(Path file) {
    try {
      return PemIdentity.read(new TlsFiles(file, null))
          .chain()
          .getFirst()
          .getNotAfter()
          .toInstant();
    } catch (IOException e) {
      return null;
    }
  }
}
