package org.drawbridge.media.stun;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.drawbridge.media.rtp.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message where it lies in a datagram. One view is wrapped around message after message; it
 * is valid until the buffer changes. Nothing is trusted: {@link #wrap} refuses a message whose
 * lengths do not add up. Not thread-safe.
 */
public final class StunView {

  private static final int MAX_ATTRIBUTES = 32;
  private static final int FINGERPRINT_LENGTH = 8;

  private byte[] buf = new byte[0];
  private int off;
  private int len;

  /**
   * Looks at a datagram.
   *
   * @return false when it is no well-formed STUN message; the view must not be used then
   */
  public boolean wrap(byte[] buf, int off, int len) {
    this.buf = buf;
    this.off = off;
    this.len = len;
    return len >= Stun.HEADER
        && (buf[off] & 0xC0) == 0
        && Bytes.u32(buf, off + 4) == Stun.MAGIC_COOKIE
        && Bytes.u16(buf, off + 2) == len - Stun.HEADER
        && attributesFit();
  }

  private boolean attributesFit() {
    int at = off + Stun.HEADER;
    int end = off + len;
    for (int count = 0; at < end; count++) {
      if (count == MAX_ATTRIBUTES || end - at < 4) {
        return false;
      }
      at += 4 + padded(Bytes.u16(buf, at + 2));
    }
    return at == end;
  }

  /** Message type: method and class. */
  public int type() {
    return Bytes.u16(buf, off);
  }

  /** Copies the 12 bytes of the transaction id. */
  void copyTransactionId(byte[] to, int at) {
    System.arraycopy(buf, off + 8, to, at, 12);
  }

  /** Whether this is the message, or answers the one, that has this transaction id. */
  public boolean isTransaction(byte[] id) {
    return Arrays.equals(buf, off + 8, off + Stun.HEADER, id, 0, id.length);
  }

  /** Whether an attribute is present where it counts. */
  public boolean has(int attribute) {
    return find(attribute) >= 0;
  }

  /**
   * Where the attribute starts in the buffer, or -1. What follows MESSAGE-INTEGRITY is not
   * protected by it and is not found, except FINGERPRINT (RFC 8489 14.5).
   */
  private int find(int attribute) {
    int end = off + len;
    boolean sealed = false;
    for (int at = off + Stun.HEADER; at < end; at += 4 + padded(Bytes.u16(buf, at + 2))) {
      int type = Bytes.u16(buf, at);
      if (type == attribute && (!sealed || type == Stun.FINGERPRINT)) {
        return at;
      }
      sealed |= type == Stun.MESSAGE_INTEGRITY;
    }
    return -1;
  }

  /** USERNAME as text, or null when absent or longer than 513 bytes. */
  public @Nullable String username() {
    int at = find(Stun.USERNAME);
    if (at < 0) {
      return null;
    }
    int length = Bytes.u16(buf, at + 2);
    return length > 513 ? null : new String(buf, at + 4, length, StandardCharsets.UTF_8);
  }

  /** The value of NOMINATION, 24 bits, or -1 without one. */
  public int nomination() {
    int at = find(Stun.NOMINATION);
    return at < 0 || Bytes.u16(buf, at + 2) != 4 ? -1 : Bytes.u32(buf, at + 4) & 0xFF_FFFF;
  }

  /** The eight bytes of ICE-CONTROLLING or ICE-CONTROLLED, unsigned; 0 without. */
  public long tieBreaker(int attribute) {
    int at = find(attribute);
    return at < 0 || Bytes.u16(buf, at + 2) != 8
        ? 0
        : (long) Bytes.u32(buf, at + 4) << 32 | Bytes.u32(buf, at + 8) & 0xFFFF_FFFFL;
  }

  /** The code of ERROR-CODE, such as 487; 0 without. */
  public int errorCode() {
    int at = find(Stun.ERROR_CODE);
    return at < 0 || Bytes.u16(buf, at + 2) < 4
        ? 0
        : (buf[at + 6] & 7) * 100 + (buf[at + 7] & 0xFF);
  }

  /** Whether MESSAGE-INTEGRITY is present and made with this key. */
  public boolean isIntact(MessageIntegrity key) {
    int at = find(Stun.MESSAGE_INTEGRITY);
    return at >= 0
        && Bytes.u16(buf, at + 2) == Stun.HMAC_LENGTH
        && key.matches(buf, off, at - off, at + 4);
  }

  /** Whether FINGERPRINT is the last attribute and right. */
  public boolean hasValidFingerprint() {
    int at = find(Stun.FINGERPRINT);
    return at >= 0
        && at == off + len - FINGERPRINT_LENGTH
        && Bytes.u32(buf, at + 4) == StunFingerprint.of(buf, off, at - off);
  }

  /**
   * The first attribute that must be understood and is not, or 0. Our 420 names one at a time: the
   * sender learns all of them by trying again.
   */
  public int unknownRequired() {
    int end = off + len;
    for (int at = off + Stun.HEADER; at < end; at += 4 + padded(Bytes.u16(buf, at + 2))) {
      int type = Bytes.u16(buf, at);
      if (type == Stun.MESSAGE_INTEGRITY) {
        return 0;
      }
      if (Stun.isUnknownRequired(type)) {
        return type;
      }
    }
    return 0;
  }

  static int padded(int length) {
    return (length + 3) & ~3;
  }
}
