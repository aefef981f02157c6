package org.drawbridge.media.dtls;

import java.util.Arrays;
import org.bouncycastle.tls.AlertDescription;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake demands of a peer in either role: its fingerprint and a shared SRTP profile; and
 * what is taken from the finished handshake. Used by the thread of one handshake.
 */
final class PeerPolicy {

  /** Retransmission starts here and doubles; browsers use 50 ms, RFC 6347 suggests 1 s. */
  static final int RESEND_MILLIS = 250;

  /** Our flights are cut to fit IPv6's minimum MTU with headers to spare. */
  static final int MOST_SENT = 1200;

  private final Fingerprint expected;
  private @Nullable String failure;
  private @Nullable SrtpKeys keys;

  PeerPolicy(Fingerprint expected) {
    this.expected = expected;
  }

  /** Our most preferred profile of those a peer named (RFC 5764 4.1.2); null if there is none. */
  @Nullable SrtpProfile choose(int[] dtlsIds) {
    for (SrtpProfile candidate : SrtpProfile.values()) {
      if (Arrays.stream(dtlsIds).anyMatch(id -> id >= 0 && id == candidate.dtlsId())) {
        return candidate;
      }
    }
    failure = "the DTLS peer shares no SRTP profile with us";
    return null;
  }

  /** Whether the description announced this certificate, in DER (RFC 5763 5). */
  boolean accepts(byte[] certificate) {
    if (!expected.matches(certificate)) {
      failure = "the DTLS certificate does not have the fingerprint of the description";
      return false;
    }
    return true;
  }

  /** Notes that there is nothing to be looked at. */
  void onNoCertificate() {
    failure = "the DTLS peer showed no certificate";
  }

  /** Notes an alert that ended the handshake, if nothing better is known. */
  void onFatalAlert(String origin, int description) {
    if (failure == null) {
      failure = origin + " DTLS alert " + AlertDescription.getName((short) description);
    }
  }

  /** Bytes to be exported for a profile. */
  static int materialLength(SrtpProfile profile) {
    return 2 * (profile.keyLength() + profile.saltLength());
  }

  /** Takes the SRTP keys (RFC 5764 4.2): client key, server key, client salt, server salt. */
  void onFinished(SrtpProfile profile, byte[] material, boolean weAreServer) {
    int key = profile.keyLength();
    int salt = profile.saltLength();
    byte[] client = master(material, 0, key, 2 * key, salt);
    byte[] server = master(material, key, key, 2 * key + salt, salt);
    keys =
        weAreServer ? new SrtpKeys(profile, server, client) : new SrtpKeys(profile, client, server);
  }

  private static byte[] master(byte[] material, int keyAt, int key, int saltAt, int salt) {
    byte[] master = new byte[key + salt];
    System.arraycopy(material, keyAt, master, 0, key);
    System.arraycopy(material, saltAt, master, key, salt);
    return master;
  }

  @Nullable SrtpKeys keys() {
    return keys;
  }

  @Nullable String failure() {
    return failure;
  }
}
