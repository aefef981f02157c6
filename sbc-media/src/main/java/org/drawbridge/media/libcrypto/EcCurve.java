package org.drawbridge.media.libcrypto;

/** Elliptic curves, with how a public key is encoded in TLS (RFC 8422 5.4). */
public enum EcCurve {
  /** NIST's curve: the byte 4 and both coordinates. */
  P_256("EC", "P-256", 65),
  /** Curve25519 in its Montgomery form (RFC 7748): the u-coordinate. */
  X25519("X25519", "", 32);

  /** In a class of its own, so that the library is asked only when a peer's key is taken. */
  private static final class Samples {
    private static final EcKey P_256 = EcKey.first(EcCurve.P_256);
    private static final EcKey X25519 = EcKey.first(EcCurve.X25519);
  }

  private final String type;
  private final String group;
  private final int encodedLength;

  EcCurve(String type, String group, int encodedLength) {
    this.type = type;
    this.group = group;
    this.encodedLength = encodedLength;
  }

  /** What the library calls the kind of key. */
  String type() {
    return type;
  }

  /** What it calls the curve among those of one kind; empty where there is one. */
  String group() {
    return group;
  }

  /** Bytes of an encoded public key. */
  int encodedLength() {
    return encodedLength;
  }

  /** A key from which others take the curve. */
  EcKey sample() {
    return switch (this) {
      case P_256 -> Samples.P_256;
      case X25519 -> Samples.X25519;
    };
  }
}
