package org.drawbridge.media.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.media.rtp.Bytes;

/**
 * AES in counter mode with HMAC-SHA1 (RFC 3711 4.1.1, 4.2.1).
 *
 * <p>The keystream is made by encrypting a run of counter blocks in one ECB call: unlike the JDK's
 * CTR mode this needs no new IV object and no key schedule for each packet.
 */
final class AesCmCipher implements PacketCipher {

  private static final int BLOCK = 16;

  /** A datagram's worth of keystream. */
  private static final int MAX_KEYSTREAM = 4096;

  private static final int TRAILER = 4;
  private static final int HMAC = 20;

  private final boolean rtcp;
  private final int tagLength;
  private final byte[] salt;
  private final Cipher aes;
  private final Mac mac;
  private final byte[] counters = new byte[MAX_KEYSTREAM];
  private final byte[] keystream = new byte[MAX_KEYSTREAM];
  private final byte[] hmac = new byte[HMAC];
  private final byte[] receivedTag = new byte[HMAC];

  /**
   * Takes session keys.
   *
   * @param rtcp whether the 32 bits authenticated behind the packet are the SRTCP index, which is
   *     sent, or the ROC, which is not
   */
  AesCmCipher(boolean rtcp, byte[] key, byte[] authKey, byte[] salt, int tagLength) {
    this.rtcp = rtcp;
    this.tagLength = tagLength;
    this.salt = salt;
    aes = KeyDerivation.Aes.encryptor(key);
    try {
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authKey, "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1 is part of every JDK", e);
    }
  }

  @Override
  public int seal(byte[] buf, int off, int len, int clear, int ssrc, long index) {
    applyKeystream(buf, off + clear, len - clear, ssrc, index);
    Bytes.put32(buf, off + len, trailer(index));
    authenticate(buf, off, len + TRAILER);
    int tagAt = rtcp ? len + TRAILER : len;
    System.arraycopy(hmac, 0, buf, off + tagAt, tagLength);
    return tagAt + tagLength;
  }

  @Override
  public int open(byte[] buf, int off, int len, int clear, int ssrc, long index) {
    int plain = len - tagLength - (rtcp ? TRAILER : 0);
    System.arraycopy(buf, off + len - tagLength, receivedTag, 0, tagLength);
    Bytes.put32(buf, off + plain, trailer(index));
    authenticate(buf, off, plain + TRAILER);
    if (!tagMatches()) {
      return -1;
    }
    applyKeystream(buf, off + clear, plain - clear, ssrc, index);
    return plain;
  }

  private int trailer(long index) {
    return (int) (rtcp ? index : index >>> 16);
  }

  private boolean tagMatches() {
    int difference = 0;
    for (int i = 0; i < tagLength; i++) {
      difference |= hmac[i] ^ receivedTag[i];
    }
    return difference == 0;
  }

  private void authenticate(byte[] buf, int off, int len) {
    try {
      mac.update(buf, off, len);
      mac.doFinal(hmac, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void applyKeystream(byte[] buf, int off, int len, int ssrc, long index) {
    int blocks = (len + BLOCK - 1) / BLOCK;
    fillCounters(blocks, ssrc, rtcp ? index & 0x7FFFFFFFL : index);
    try {
      aes.update(counters, 0, blocks * BLOCK, keystream, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    for (int i = 0; i < len; i++) {
      buf[off + i] ^= keystream[i];
    }
  }

  /** IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16), plus the block number. */
  private void fillCounters(int blocks, int ssrc, long index) {
    for (int block = 0; block < blocks; block++) {
      int at = block * BLOCK;
      System.arraycopy(salt, 0, counters, at, 14);
      Bytes.put32(counters, at + 4, Bytes.u32(salt, 4) ^ ssrc);
      Bytes.put32(counters, at + 8, Bytes.u32(salt, 8) ^ (int) (index >>> 16));
      Bytes.put16(counters, at + 12, Bytes.u16(salt, 12) ^ (int) index);
      Bytes.put16(counters, at + 14, block);
    }
  }
}
