package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.stream.IntStream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.drawbridge.media.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/** The policy of one handshake as both of BouncyCastle's roles ask it. */
final class BouncyCastleTerms {

  /** A ClientHello with post-quantum key shares is about 2 kB; certificates rarely reach 4 kB. */
  static final int MAX_MESSAGE = 16_384;

  private final BouncyCastleHandshaker own;
  private final PeerPolicy policy;
  private final int timeoutMillis;
  private @Nullable SrtpProfile profile;

  BouncyCastleTerms(BouncyCastleHandshaker own, PeerPolicy policy, int timeoutMillis) {
    this.own = own;
    this.policy = policy;
    this.timeoutMillis = timeoutMillis;
  }

  /** ECDHE with AEAD, and the CBC suite that RFC 8827 6.5 keeps for old peers. */
  static int[] cipherSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
    };
  }

  /** The same, and those for a server with an RSA certificate, which older gateways have. */
  static int[] clientCipherSuites() {
    int[] rsa = {
      CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
      CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
    };
    return IntStream.concat(IntStream.of(cipherSuites()), IntStream.of(rsa)).toArray();
  }

  /** Our profiles for a ClientHello, most preferred first. */
  static UseSRTPData offer() {
    return new UseSRTPData(SrtpProfile.dtlsIds(), new byte[0]);
  }

  BouncyCastleHandshaker own() {
    return own;
  }

  int timeoutMillis() {
    return timeoutMillis;
  }

  /** Picks our most preferred profile of those a peer named. */
  UseSRTPData choose(@Nullable Hashtable<?, ?> extensions) throws IOException {
    UseSRTPData named = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    SrtpProfile chosen = policy.choose(named == null ? new int[0] : named.getProtectionProfiles());
    if (chosen == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
    profile = chosen;
    return new UseSRTPData(new int[] {chosen.dtlsId()}, new byte[0]);
  }

  void checkCertificate(@Nullable Certificate certificate) throws IOException {
    if (certificate == null || certificate.isEmpty()) {
      policy.onNoCertificate();
      throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }
    if (!policy.accepts(certificate.getCertificateAt(0).getEncoded())) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }
  }

  void onAlert(String origin, short level, short description) {
    if (level == AlertLevel.fatal) {
      policy.onFatalAlert(origin, description);
    }
  }

  void onFinished(TlsContext context) {
    SrtpProfile chosen = profile;
    if (chosen != null) {
      policy.onFinished(
          chosen,
          context.exportKeyingMaterial(
              ExporterLabel.dtls_srtp, null, PeerPolicy.materialLength(chosen)),
          context.isServer());
    }
  }
}
