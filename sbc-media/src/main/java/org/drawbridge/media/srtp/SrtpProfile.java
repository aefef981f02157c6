package org.drawbridge.media.srtp;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Protection profiles in our order of preference. The names are those of {@code a=crypto} (RFC
 * 4568, RFC 6188, RFC 7714), the ids those of the {@code use_srtp} extension (RFC 5764, RFC 7714),
 * which has none for longer keys in counter mode.
 */
public enum SrtpProfile {
  /** AES-128 in GCM, preferred: one pass and hardware help on every machine of today. */
  AEAD_AES_128_GCM(0x0007, 16, 12, 16, 16),
  /** AES-256 in GCM. */
  AEAD_AES_256_GCM(0x0008, 32, 12, 16, 16),
  /** AES-128 in counter mode with an 80 bit tag: the one everybody has. */
  AES_CM_128_HMAC_SHA1_80(0x0001, 16, 14, 10, 10),
  /** As above with a 32 bit tag on RTP; RTCP keeps 80 bits. */
  AES_CM_128_HMAC_SHA1_32(0x0002, 16, 14, 4, 10),
  /** AES-256 in counter mode (RFC 6188), keyed in the SDP only. */
  AES_256_CM_HMAC_SHA1_80(SrtpProfile.NOT_IN_DTLS, 32, 14, 10, 10),
  /** As above with a 32 bit tag on RTP. */
  AES_256_CM_HMAC_SHA1_32(SrtpProfile.NOT_IN_DTLS, 32, 14, 4, 10),
  /** AES-192 in counter mode (RFC 6188), keyed in the SDP only. */
  AES_192_CM_HMAC_SHA1_80(SrtpProfile.NOT_IN_DTLS, 24, 14, 10, 10),
  /** As above with a 32 bit tag on RTP. */
  AES_192_CM_HMAC_SHA1_32(SrtpProfile.NOT_IN_DTLS, 24, 14, 4, 10);

  private static final int NOT_IN_DTLS = -1;
  private static final Pattern DRAFTED = Pattern.compile("^AES_CM_(192|256)_");

  private final int dtlsId;
  private final int keyLength;
  private final int saltLength;
  private final int rtpTagLength;
  private final int rtcpTagLength;

  SrtpProfile(int dtlsId, int keyLength, int saltLength, int rtpTagLength, int rtcpTagLength) {
    this.dtlsId = dtlsId;
    this.keyLength = keyLength;
    this.saltLength = saltLength;
    this.rtpTagLength = rtpTagLength;
    this.rtcpTagLength = rtcpTagLength;
  }

  /** The ids of those that the {@code use_srtp} extension knows, in our order. */
  public static int[] dtlsIds() {
    return Arrays.stream(values())
        .mapToInt(SrtpProfile::dtlsId)
        .filter(id -> id != NOT_IN_DTLS)
        .toArray();
  }

  /**
   * The profile of an {@code a=crypto} suite, or null when we do not have it. What RFC 6188 calls
   * {@code AES_256_CM} its drafts called {@code AES_CM_256}.
   */
  public static @Nullable SrtpProfile ofSuite(String suite) {
    String name = DRAFTED.matcher(suite).replaceFirst("AES_$1_CM_");
    for (SrtpProfile profile : values()) {
      if (profile.name().equals(name)) {
        return profile;
      }
    }
    return null;
  }

  /** Id in the {@code use_srtp} extension, -1 for those it does not know. */
  public int dtlsId() {
    return dtlsId;
  }

  /** Master and session encryption key length in bytes. */
  public int keyLength() {
    return keyLength;
  }

  /** Master and session salt length in bytes. */
  public int saltLength() {
    return saltLength;
  }

  /** Master key and salt together, in bytes: the length of an {@code inline:} key. */
  public int masterLength() {
    return keyLength + saltLength;
  }

  int rtpTagLength() {
    return rtpTagLength;
  }

  int rtcpTagLength() {
    return rtcpTagLength;
  }

  /** Bytes of a protected RTP packet that follow its MKI (RFC 3711 section 3.1, RFC 7714 8.2). */
  int rtpBehindMki() {
    return isAead() ? 0 : rtpTagLength;
  }

  /** Bytes of a protected RTCP packet that follow its MKI (RFC 3711 section 3.4, RFC 7714 9.2). */
  int rtcpBehindMki() {
    return isAead() ? 0 : rtcpTagLength;
  }

  boolean isAead() {
    return this == AEAD_AES_128_GCM || this == AEAD_AES_256_GCM;
  }
}
