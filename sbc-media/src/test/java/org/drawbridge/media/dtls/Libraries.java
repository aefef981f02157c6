package org.drawbridge.media.dtls;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.drawbridge.media.libssl.Libssl;
import org.junit.jupiter.params.provider.Arguments;

/** The libraries that are there, each with two certificates for the tests to share. */
final class Libraries {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Map<DtlsLibrary, DtlsCertificate> SERVERS = certificates();
  private static final Map<DtlsLibrary, DtlsCertificate> CLIENTS = certificates();

  private Libraries() {}

  private static Map<DtlsLibrary, DtlsCertificate> certificates() {
    Map<DtlsLibrary, DtlsCertificate> made = new EnumMap<>(DtlsLibrary.class);
    there().forEach(library -> made.put(library, certificate(library)));
    return made;
  }

  /** A certificate of its own. */
  static DtlsCertificate certificate(DtlsLibrary library) {
    return library.certificate(new SecureRandom(), Instant.EPOCH.plusSeconds(1_800_000_000L));
  }

  static Stream<DtlsLibrary> there() {
    return Arrays.stream(DtlsLibrary.values())
        .filter(library -> library != DtlsLibrary.LIBSSL || Libssl.AVAILABLE);
  }

  /** A certificate for a server and one for a client, each of any library. */
  static Stream<Arguments> pairs() {
    return there()
        .flatMap(server -> there().map(client -> Arguments.of(server(server), client(client))));
  }

  static DtlsCertificate server(DtlsLibrary library) {
    return Objects.requireNonNull(SERVERS.get(library));
  }

  static DtlsCertificate client(DtlsLibrary library) {
    return Objects.requireNonNull(CLIENTS.get(library));
  }

  /** A side of a handshake by BouncyCastle, whose certificate has to be one of it. */
  static BouncyCastleTerms terms(DtlsCertificate certificate, PeerPolicy policy) {
    return new BouncyCastleTerms(
        (BouncyCastleHandshaker) certificate.handshaker(), policy, TIMEOUT_MILLIS);
  }
}
