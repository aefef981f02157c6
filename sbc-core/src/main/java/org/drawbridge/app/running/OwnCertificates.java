package org.drawbridge.app.running;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.value.TlsIdentity;
import org.drawbridge.sip.transport.tls.CertificateFiles;
import org.drawbridge.sip.transport.tls.CertificateFiles.Lifetime;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that we show: those of listeners, and those toward trunks.
 *
 * @param lifetimes when each file's certificate begins and ends
 */
public record OwnCertificates(Map<Path, Lifetime> lifetimes) {

  /** Reads those of a configuration once. Blocks. */
  public static OwnCertificates of(SbcConfig config) {
    return new OwnCertificates(
        CertificateFiles.lifetimes(Stream.concat(ofListeners(config), ofTrunks(config)).toList()));
  }

  /** The files of those shown to whoever connects, each once. */
  public static Stream<TlsFiles> ofListeners(SbcConfig config) {
    return files(config.edge().listeners().stream().map(ListenerConfig::identity));
  }

  /** The files of those shown to trunks, each once. */
  public static Stream<TlsFiles> ofTrunks(SbcConfig config) {
    return files(Ruleset.trunks(config).stream().map(trunk -> trunk.tls().identity()));
  }

  private static Stream<TlsFiles> files(Stream<@Nullable TlsIdentity> identities) {
    return identities
        .map(Settings::files)
        .filter(Objects::nonNull)
        .distinct()
        .sorted(Comparator.comparing(TlsFiles::certificate));
  }

  /** Those of listeners that are not there, and that a start makes. */
  public static Set<TlsFiles> missing(SbcConfig config) {
    return ofListeners(config)
        .filter(files -> files.key() == null && !Files.exists(files.certificate()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * What is wrong with the others, and with the files of those who vouch for clients and trunks.
   * Blocks.
   */
  public static List<String> problems(SbcConfig config) {
    List<TlsFiles> identities =
        Stream.concat(ofListeners(config), ofTrunks(config))
            .filter(Predicate.not(missing(config)::contains))
            .distinct()
            .toList();
    return CertificateFiles.problems(identities, authorities(config));
  }

  private static Set<Path> authorities(SbcConfig config) {
    Stream<@Nullable Path> ofClients =
        config.edge().listeners().stream()
            .map(ListenerConfig::clients)
            .map(clients -> clients == null ? null : clients.authorities());
    Stream<@Nullable Path> ofTrunks =
        Ruleset.trunks(config).stream().map(trunk -> trunk.tls().authorities());
    return Stream.concat(ofClients, ofTrunks)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Which have ended, will soon, or have not begun, in words for an operator. */
  public List<String> warnings() {
    return warnings(Instant.now());
  }

  List<String> warnings(Instant now) {
    return CertificateFiles.warnings(lifetimes, now);
  }

  /** When the first of them ends, in seconds since 1970; 0 where there is none. */
  long firstEnd() {
    Instant end = CertificateFiles.firstEnd(lifetimes);
    return end == null ? 0 : end.getEpochSecond();
  }
}
