package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.Arrays;
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
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/**
 * What both roles demand of a peer: its fingerprint and a shared SRTP profile; and what they take
 * from the finished handshake. Used by the thread of one handshake.
 */
final class PeerPolicy {

  /** Retransmission starts here and doubles; browsers use 50 ms, RFC 6347 suggests 1 s. */
  static final int RESEND_MILLIS = 250;

  /** A ClientHello with post-quantum key shares is about 2 kB; certificates rarely reach 4 kB. */
  static final int MAX_MESSAGE = 16_384;

  private final Fingerprint expected;
  private @Nullable SrtpProfile profile;
  private @Nullable String failure;
  private @Nullable SrtpKeys keys;

  PeerPolicy(Fingerprint expected) {
    this.expected = expected;
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

  /** Picks our most preferred profile of those a peer named. */
  UseSRTPData choose(Hashtable<?, ?> extensions) throws IOException {
    UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
    int[] ids = offered == null ? new int[0] : offered.getProtectionProfiles();
    for (SrtpProfile candidate : SrtpProfile.values()) {
      if (Arrays.stream(ids).anyMatch(id -> id == candidate.dtlsId())) {
        profile = candidate;
        return new UseSRTPData(new int[] {candidate.dtlsId()}, new byte[0]);
      }
    }
    throw refuse(
        AlertDescription.handshake_failure, "the DTLS peer shares no SRTP profile with us");
  }

  /** Refuses a certificate that the description did not announce (RFC 5763 5). */
  void checkCertificate(@Nullable Certificate certificate) throws IOException {
    if (certificate == null || certificate.isEmpty()) {
      throw refuse(AlertDescription.bad_certificate, "the DTLS peer showed no certificate");
    }
    byte[] der = certificate.getCertificateAt(0).getEncoded();
    if (!expected.matches(der)) {
      throw refuse(
          AlertDescription.bad_certificate,
          "the DTLS certificate does not have the fingerprint of the description");
    }
  }

  private TlsFatalAlert refuse(short alert, String reason) {
    failure = reason;
    return new TlsFatalAlert(alert, reason);
  }

  /** Notes an alert that ended the handshake, if nothing better is known. */
  void onAlert(String origin, short level, short description) {
    if (failure == null && level == AlertLevel.fatal) {
      failure = origin + " DTLS alert " + AlertDescription.getName(description);
    }
  }

  /** Exports the SRTP keys (RFC 5764 4.2): client key, server key, client salt, server salt. */
  void export(TlsContext context) {
    SrtpProfile chosen = profile;
    if (chosen == null) {
      return;
    }
    int key = chosen.keyLength();
    int salt = chosen.saltLength();
    byte[] block = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
    byte[] client = master(block, 0, key, 2 * key, salt);
    byte[] server = master(block, key, key, 2 * key + salt, salt);
    keys =
        context.isServer()
            ? new SrtpKeys(chosen, server, client)
            : new SrtpKeys(chosen, client, server);
  }

  private static byte[] master(byte[] block, int keyAt, int key, int saltAt, int salt) {
    byte[] master = new byte[key + salt];
    System.arraycopy(block, keyAt, master, 0, key);
    System.arraycopy(block, saltAt, master, key, salt);
    return master;
  }

  @Nullable SrtpKeys keys() {
    return keys;
  }

  @Nullable String failure() {
    return failure;
  }
}
