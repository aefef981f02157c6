package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Vector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes on each curve, and those of a peer that cannot sign. */
class CurveHandshakeTest {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final CompletableFuture<DtlsResult> ofServer = new CompletableFuture<>();
  private final DatagramPipe[] pipes = new DatagramPipe[2];

  /** Offers one group before that of our certificate, which a server needs (RFC 8422 5.1). */
  private static final class Choosy extends DtlsClientPeer {

    private final int group;

    Choosy(BouncyCastleTerms terms, int group) {
      super(terms);
      this.group = group;
    }

    @Override
    @SuppressWarnings("rawtypes") // The library's signature.
    protected Vector getSupportedGroups(Vector roles) {
      return new Vector<>(
          group == NamedGroup.secp256r1
              ? List.of(group)
              : List.of(group, (int) NamedGroup.secp256r1));
    }
  }

  @BeforeEach
  void joinPipes() {
    pipes[0] = new DatagramPipe(sent -> pipes[1].offer(sent, 0, sent.length));
    pipes[1] = new DatagramPipe(sent -> pipes[0].offer(sent, 0, sent.length));
  }

  @AfterEach
  void closePipes() {
    for (DatagramPipe pipe : pipes) {
      pipe.close();
    }
  }

  private static Stream<Arguments> curves() {
    return Stream.of(NamedGroup.x25519, NamedGroup.secp256r1)
        .flatMap(group -> Libraries.there().map(library -> Arguments.of(library, group)));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void theyEndInTheSameKeys(DtlsLibrary library, int group) throws Exception {
    DtlsCertificate shownByServer = Libraries.server(library);
    DtlsCertificate shownByClient = Libraries.client(DtlsLibrary.BOUNCY_CASTLE);
    new DtlsHandshakes(shownByServer, TIMEOUT_MILLIS, 1, new MediaCounters())
        .start(Role.SERVER, shownByClient.fingerprint(), pipes[0], ofServer::complete);
    PeerPolicy policy = new PeerPolicy(shownByServer.fingerprint());
    Choosy choosy = new Choosy(Libraries.terms(shownByClient, policy), group);
    new DTLSClientProtocol().connect(choosy, new Flights(pipes[1]));
    DtlsResult result = ofServer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(result).isInstanceOf(DtlsResult.Established.class);
    assertThat(Objects.requireNonNull(policy.keys()).local())
        .isEqualTo(((DtlsResult.Established) result).keys().remote());
  }

  @ParameterizedTest
  @MethodSource("org.drawbridge.media.dtls.Libraries#there")
  void aPeerWithoutTheKeyOfItsCertificateIsRefused(DtlsLibrary library) throws Exception {
    DtlsCertificate ours = Libraries.server(library);
    DtlsCertificate shown = Libraries.server(DtlsLibrary.BOUNCY_CASTLE);
    DtlsCertificate had = Libraries.client(DtlsLibrary.BOUNCY_CASTLE);
    new DtlsHandshakes(ours, TIMEOUT_MILLIS, 1, new MediaCounters())
        .start(Role.SERVER, shown.fingerprint(), pipes[0], ofServer::complete);
    PeerPolicy policy = new PeerPolicy(ours.fingerprint());
    Impostor impostor = new Impostor(Libraries.terms(shown, policy), Libraries.terms(had, policy));
    assertThatThrownBy(() -> new DTLSClientProtocol().connect(impostor, new Flights(pipes[1])))
        .isInstanceOf(TlsFatalAlertReceived.class);
    assertThat(ofServer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
        .isEqualTo(new DtlsResult.Failed("we sent DTLS alert decrypt_error"));
  }
}
