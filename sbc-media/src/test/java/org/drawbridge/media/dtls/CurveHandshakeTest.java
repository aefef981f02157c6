package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Vector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.dtls.crypto.CurveSource;
import org.drawbridge.media.libcrypto.EcKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes whose sides compute the curves in different ways. */
class CurveHandshakeTest {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final CompletableFuture<DtlsResult> ofServer = new CompletableFuture<>();
  private final DatagramPipe[] pipes = new DatagramPipe[2];

  /** Offers one group. */
  private static final class Choosy extends DtlsClientPeer {

    private final int group;

    Choosy(DtlsCertificate certificate, PeerPolicy policy, int group) {
      super(certificate, policy, TIMEOUT_MILLIS);
      this.group = group;
    }

    @Override
    @SuppressWarnings("rawtypes") // The library's signature.
    protected Vector getSupportedGroups(Vector roles) {
      return new Vector<>(List.of(group));
    }
  }

  @BeforeEach
  void needsTheLibrary() {
    Assumptions.assumeTrue(EcKey.AVAILABLE, "libcrypto is not installed");
    pipes[0] = new DatagramPipe(sent -> pipes[1].offer(sent, 0, sent.length));
    pipes[1] = new DatagramPipe(sent -> pipes[0].offer(sent, 0, sent.length));
  }

  @AfterEach
  void closePipes() {
    for (DatagramPipe pipe : pipes) {
      pipe.close();
    }
  }

  private static DtlsCertificate certificate(CurveSource source) {
    return DtlsCertificate.generate(new SecureRandom(), Instant.now(), source);
  }

  @ParameterizedTest
  @CsvSource({
    "LIBCRYPTO,BOUNCY_CASTLE," + NamedGroup.x25519,
    "LIBCRYPTO,BOUNCY_CASTLE," + NamedGroup.secp256r1,
    "LIBCRYPTO,BOUNCY_CASTLE," + NamedGroup.secp384r1,
    "BOUNCY_CASTLE,LIBCRYPTO," + NamedGroup.x25519,
    "BOUNCY_CASTLE,LIBCRYPTO," + NamedGroup.secp256r1,
    "LIBCRYPTO,LIBCRYPTO," + NamedGroup.secp256r1,
    "BOUNCY_CASTLE,BOUNCY_CASTLE," + NamedGroup.secp256r1
  })
  void theyEndInTheSameKeys(CurveSource server, CurveSource client, int group) throws Exception {
    DtlsCertificate shownByServer = certificate(server);
    DtlsCertificate shownByClient = certificate(client);
    new DtlsHandshakes(shownByServer, TIMEOUT_MILLIS, 1, new MediaCounters())
        .start(Role.SERVER, shownByClient.fingerprint(), pipes[0], ofServer::complete);
    PeerPolicy policy = new PeerPolicy(shownByServer.fingerprint());
    new DTLSClientProtocol()
        .connect(new Choosy(shownByClient, policy, group), new Flights(pipes[1], Role.CLIENT));
    DtlsResult result = ofServer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(result).isInstanceOf(DtlsResult.Established.class);
    assertThat(Objects.requireNonNull(policy.keys()).local())
        .isEqualTo(((DtlsResult.Established) result).keys().remote());
  }

  @ParameterizedTest
  @EnumSource(CurveSource.class)
  void aPeerWithoutTheKeyOfItsCertificateIsRefused(CurveSource source) throws Exception {
    DtlsCertificate ours = certificate(source);
    DtlsCertificate shown = certificate(source);
    new DtlsHandshakes(ours, TIMEOUT_MILLIS, 1, new MediaCounters())
        .start(Role.SERVER, shown.fingerprint(), pipes[0], ofServer::complete);
    Impostor impostor = new Impostor(shown, ours, new PeerPolicy(ours.fingerprint()));
    assertThatThrownBy(
            () -> new DTLSClientProtocol().connect(impostor, new Flights(pipes[1], Role.CLIENT)))
        .isInstanceOf(TlsFatalAlertReceived.class);
    assertThat(ofServer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
        .isEqualTo(new DtlsResult.Failed("we sent DTLS alert decrypt_error"));
  }
}
