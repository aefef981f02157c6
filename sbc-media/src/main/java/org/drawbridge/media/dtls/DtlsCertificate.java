package org.drawbridge.media.dtls;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * A self-signed ECDSA P-256 certificate with its key. Peers know it by its fingerprint alone, so
 * its name says nothing and it lives as long as the process. Thread-safe.
 */
public final class DtlsCertificate {

  private final Fingerprint fingerprint;
  private final Handshaker handshaker;

  DtlsCertificate(byte[] der, Handshaker handshaker) {
    fingerprint = Fingerprint.sha256(der);
    this.handshaker = handshaker;
  }

  /**
   * Makes a certificate.
   *
   * @param now its validity starts a day earlier, for peers whose clock is behind
   */
  public static DtlsCertificate generate(SecureRandom random, Instant now) {
    return DtlsLibrary.best(random, now);
  }

  /** The SHA-256 fingerprint for descriptions. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** Does handshakes in which this is shown. */
  Handshaker handshaker() {
    return handshaker;
  }
}
