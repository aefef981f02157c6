package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Hashtable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that lack something are refused, and the reason names it. */
@ParameterizedClass
@MethodSource("org.drawbridge.media.dtls.Libraries#there")
class UnfitPeerTest {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final DtlsCertificate ours;
  private final DtlsCertificate theirs = Libraries.client(DtlsLibrary.BOUNCY_CASTLE);

  UnfitPeerTest(DtlsLibrary library) {
    ours = Libraries.server(library);
  }

  private String refusal(Function<BouncyCastleTerms, DtlsClientPeer> peer) throws Exception {
    CompletableFuture<DtlsResult> result = new CompletableFuture<>();
    DatagramPipe[] pipes = new DatagramPipe[2];
    pipes[0] = new DatagramPipe(sent -> pipes[1].offer(sent, 0, sent.length));
    pipes[1] = new DatagramPipe(sent -> pipes[0].offer(sent, 0, sent.length));
    new DtlsHandshakes(ours, TIMEOUT_MILLIS, 1, new MediaCounters())
        .start(Role.SERVER, theirs.fingerprint(), pipes[0], result::complete);
    DtlsClientPeer client = peer.apply(Libraries.terms(theirs, new PeerPolicy(ours.fingerprint())));
    try {
      new DTLSClientProtocol().connect(client, new Flights(pipes[1]));
    } catch (IOException e) {
      assertThat(e).isInstanceOf(TlsFatalAlertReceived.class);
    }
    DtlsResult ended = result.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(ended).isInstanceOf(DtlsResult.Failed.class);
    return ((DtlsResult.Failed) ended).reason();
  }

  /** Offers SRTP with the profiles of these ids, or none where there are none. */
  private static final class WithProfiles extends DtlsClientPeer {

    private final int[] ids;

    WithProfiles(BouncyCastleTerms terms, int... ids) {
      super(terms);
      this.ids = ids;
    }

    @Override
    @SuppressWarnings("rawtypes") // The library's signature.
    public Hashtable getClientExtensions() throws IOException {
      Hashtable extensions = super.getClientExtensions();
      extensions.remove(TlsSRTPUtils.EXT_use_srtp);
      if (ids.length > 0) {
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, new byte[0]));
      }
      return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes") // The library's signature.
    public void processServerExtensions(@Nullable Hashtable extensions) {}
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void withoutASharedSrtpProfile(int id) throws Exception {
    assertThat(refusal(terms -> id == 0 ? new WithProfiles(terms) : new WithProfiles(terms, id)))
        .isEqualTo("the DTLS peer shares no SRTP profile with us");
  }

  /** Has no certificate to show. */
  private static final class Nameless extends OddClient {

    Nameless(BouncyCastleTerms terms) {
      super(terms);
    }

    @Override
    @Nullable TlsCredentials shown() {
      return null;
    }
  }

  @Test
  void withoutACertificate() throws Exception {
    assertThat(refusal(Nameless::new)).isEqualTo("the DTLS peer showed no certificate");
  }

  /** Does not bind the secret to the handshake. */
  private static final class Unbound extends DtlsClientPeer {

    Unbound(BouncyCastleTerms terms) {
      super(terms);
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
      return false;
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
      return false;
    }

    @Override
    public void notifyHandshakeComplete() {}
  }

  @Test
  void withoutAnExtendedMasterSecret() throws Exception {
    assertThat(refusal(Unbound::new))
        .isIn(
            "we sent DTLS alert handshake_failure",
            "DTLS handshake failed: the peer has no extended master secret");
  }
}
