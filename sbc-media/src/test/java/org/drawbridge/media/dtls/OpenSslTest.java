package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.dtls.crypto.CurveSource;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes with OpenSSL in either role, with either kind of certificate. */
class OpenSslTest {

  private static final int TIMEOUT_MILLIS = 60_000;

  private DtlsCertificate own = certificate(CurveSource.best());
  private final CompletableFuture<DtlsResult> result = new CompletableFuture<>();

  @TempDir Path directory;

  private enum Key {
    RSA("-newkey", "rsa:2048"),
    ECDSA("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");

    private final List<String> arguments;

    Key(String... arguments) {
      this.arguments = List.of(arguments);
    }
  }

  private static DtlsCertificate certificate(CurveSource source) {
    return DtlsCertificate.generate(new SecureRandom(), Instant.now(), source);
  }

  @BeforeEach
  void needsOpenSsl() {
    Assumptions.assumeTrue(OpenSsl.isInstalled(), "openssl is not installed");
  }

  private void start(Role role, Fingerprint expected, DatagramPipe pipe) {
    new DtlsHandshakes(own, TIMEOUT_MILLIS, 1, new MediaCounters())
        .start(role, expected, pipe, result::complete);
  }

  /** OpenSSL prints client key, server key, client salt, server salt (RFC 5764 4.2). */
  private void assertSameKeys(OpenSsl peer, boolean weAreServer) throws Exception {
    DtlsResult ours = result.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(ours).as(peer.output()).isInstanceOf(DtlsResult.Established.class);
    SrtpKeys keys = ((DtlsResult.Established) ours).keys();
    assertThat(keys.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    byte[] client = weAreServer ? keys.remote() : keys.local();
    byte[] server = weAreServer ? keys.local() : keys.remote();
    HexFormat hex = HexFormat.of().withUpperCase();
    String material =
        hex.formatHex(client, 0, 16)
            + hex.formatHex(server, 0, 16)
            + hex.formatHex(client, 16, 28)
            + hex.formatHex(server, 16, 28);
    for (int i = 0; i < 3000 && !peer.output().contains(material); i++) {
      Thread.sleep(10);
    }
    assertThat(peer.output()).contains(material);
  }

  @ParameterizedTest
  @EnumSource(Key.class)
  void itStarts(Key key) throws Exception {
    try (OpenSsl peer = new OpenSsl(directory, key.arguments)) {
      start(Role.SERVER, peer.fingerprint(), peer.pipe());
      peer.connects();
      assertSameKeys(peer, true);
    }
  }

  @ParameterizedTest
  @EnumSource(Key.class)
  void weStart(Key key) throws Exception {
    try (OpenSsl peer = new OpenSsl(directory, key.arguments)) {
      peer.accepts();
      start(Role.CLIENT, peer.fingerprint(), peer.pipe());
      assertSameKeys(peer, false);
    }
  }

  @Test
  void weStartWithoutLibcrypto() throws Exception {
    own = certificate(CurveSource.BOUNCY_CASTLE);
    weStart(Key.ECDSA);
  }

  @Test
  void aCertificateThatWasNotAnnouncedIsRefused() throws Exception {
    try (OpenSsl peer = new OpenSsl(directory, Key.RSA.arguments)) {
      start(Role.SERVER, own.fingerprint(), peer.pipe());
      peer.connects();
      assertThat(result.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
          .isEqualTo(
              new DtlsResult.Failed(
                  "the DTLS certificate does not have the fingerprint of the description"));
    }
  }
}
