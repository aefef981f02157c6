package org.drawbridge.app;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.sip.transport.CertificateFiles;

/**
 * The certificates that we show: those of listeners, and those toward trunks.
 *
 * @param ends when each file's certificate ends
 */
record OwnCertificates(Map<Path, Instant> ends) {

  /** Reads those of a configuration once. Blocks. */
  static OwnCertificates of(SbcConfig config) {
    return new OwnCertificates(
        CertificateFiles.ends(
            Stream.concat(
                    config.edge().listeners().stream().map(ListenerConfig::certificate),
                    Ruleset.trunks(config).stream().map(trunk -> trunk.tls().certificate()))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new))));
  }

  /** Which have ended or will soon, in words for an operator. */
  List<String> warnings() {
    return CertificateFiles.warnings(ends, Instant.now());
  }

  /** When the first of them ends, in seconds since 1970; 0 where there is none. */
  long firstEnd() {
    Instant end = CertificateFiles.firstEnd(ends);
    return end == null ? 0 : end.getEpochSecond();
  }
}
