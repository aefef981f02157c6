package org.drawbridge.app;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.sip.transport.CertificateFiles;

/** The certificates that we show: those of listeners, and those toward trunks. */
final class OwnCertificates {

  private OwnCertificates() {}

  private static Set<Path> files(SbcConfig config) {
    return Stream.concat(
            config.edge().listeners().stream().map(ListenerConfig::certificate),
            Ruleset.trunks(config).stream().map(trunk -> trunk.tls().certificate()))
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Which have ended or will soon, in words for an operator. Blocks. */
  static List<String> warnings(SbcConfig config) {
    return CertificateFiles.warnings(files(config), Instant.now());
  }

  /** When the first of them ends, in seconds since 1970; 0 where there is none. Blocks. */
  static long firstEnd(SbcConfig config) {
    Instant end = CertificateFiles.firstEnd(files(config));
    return end == null ? 0 : end.getEpochSecond();
  }
}
