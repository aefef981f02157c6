package org.drawbridge.media.stun;

/** Numbers of the STUN protocol (RFC 8489) and of its ICE attributes (RFC 8445). */
public final class Stun {

  /** Binding request. */
  public static final int BINDING_REQUEST = 0x0001;

  /** Binding success response. */
  public static final int BINDING_SUCCESS = 0x0101;

  /** Binding error response. */
  public static final int BINDING_ERROR = 0x0111;

  /** The fixed second word of each message. */
  public static final int MAGIC_COOKIE = 0x2112A442;

  /** Bytes of the header before the first attribute. */
  public static final int HEADER = 20;

  /** Bytes of the HMAC-SHA1 in MESSAGE-INTEGRITY. */
  public static final int HMAC_LENGTH = 20;

  /** USERNAME. */
  public static final int USERNAME = 0x0006;

  /** MESSAGE-INTEGRITY. */
  public static final int MESSAGE_INTEGRITY = 0x0008;

  /** ERROR-CODE. */
  public static final int ERROR_CODE = 0x0009;

  /** UNKNOWN-ATTRIBUTES. */
  public static final int UNKNOWN_ATTRIBUTES = 0x000A;

  /** MESSAGE-INTEGRITY-SHA256. */
  public static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;

  /** XOR-MAPPED-ADDRESS. */
  public static final int XOR_MAPPED_ADDRESS = 0x0020;

  /** PRIORITY of the candidate a check comes from. */
  public static final int PRIORITY = 0x0024;

  /** USE-CANDIDATE: the controlling agent nominates this pair. */
  public static final int USE_CANDIDATE = 0x0025;

  /** FINGERPRINT: CRC-32 that tells STUN from other protocols. */
  public static final int FINGERPRINT = 0x8028;

  /** ICE-CONTROLLED with the sender's tie-breaker. */
  public static final int ICE_CONTROLLED = 0x8029;

  /** ICE-CONTROLLING with the sender's tie-breaker. */
  public static final int ICE_CONTROLLING = 0x802A;

  /**
   * NOMINATION: a number that grows with each nomination, so that a late one of before is told
   * apart (draft-thatcher-ice-renomination).
   */
  public static final int NOMINATION = 0xC001;

  private static final int COMPREHENSION_OPTIONAL = 0x8000;

  private Stun() {}

  /** Whether an attribute must be understood and is not (RFC 8489 14). */
  static boolean isUnknownRequired(int attribute) {
    return attribute < COMPREHENSION_OPTIONAL
        && switch (attribute) {
          case USERNAME,
              MESSAGE_INTEGRITY,
              ERROR_CODE,
              UNKNOWN_ATTRIBUTES,
              MESSAGE_INTEGRITY_SHA256,
              XOR_MAPPED_ADDRESS,
              PRIORITY,
              USE_CANDIDATE ->
              false;
          default -> true;
        };
  }
}
