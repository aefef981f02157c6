package org.drawbridge.media.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.media.rtp.Bytes;

/**
 * AES-GCM (RFC 7714). The JDK takes an IV only as a parameter object, so one small object is made
 * for each packet; it is the price of its accelerated GHASH. Nonces never repeat because {@link
 * SrtpSender} refuses an index it has used.
 */
final class AesGcmCipher implements PacketCipher {

  private static final int TAG = 16;
  private static final int INDEX = 4;
  private static final int IV = 12;
  private static final long E_FLAG = 0x80000000L;

  private final boolean rtcp;
  private final byte[] salt;
  private final SecretKeySpec key;
  private final Cipher sealer;
  private final Cipher opener;
  private final byte[] iv = new byte[IV];
  private final byte[] indexWord = new byte[INDEX];

  /** Takes session keys. */
  AesGcmCipher(boolean rtcp, byte[] key, byte[] salt) {
    this.rtcp = rtcp;
    this.salt = salt;
    this.key = new SecretKeySpec(key, "AES");
    try {
      sealer = Cipher.getInstance("AES/GCM/NoPadding");
      opener = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/GCM is part of every JDK", e);
    }
  }

  @Override
  public int seal(byte[] buf, int off, int len, int clear, int ssrc, long index) {
    try {
      sealer.init(Cipher.ENCRYPT_MODE, key, parameters(ssrc, index));
      associate(sealer, buf, off, clear, index);
      sealer.doFinal(buf, off + clear, len - clear, buf, off + clear);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing in a buffer with room cannot fail", e);
    }
    if (rtcp) {
      Bytes.put32(buf, off + len + TAG, (int) index);
    }
    return len + TAG + (rtcp ? INDEX : 0);
  }

  @Override
  public int open(byte[] buf, int off, int len, int clear, int ssrc, long index) {
    int sealed = len - (rtcp ? INDEX : 0);
    boolean encrypted = !rtcp || (index & E_FLAG) != 0;
    int associated = encrypted ? clear : sealed - TAG;
    try {
      opener.init(Cipher.DECRYPT_MODE, key, parameters(ssrc, index));
      associate(opener, buf, off, associated, index);
      opener.doFinal(buf, off + associated, sealed - associated, buf, off + associated);
    } catch (AEADBadTagException e) {
      return -1;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("opening in place cannot fail otherwise", e);
    }
    return sealed - TAG;
  }

  private void associate(Cipher cipher, byte[] buf, int off, int len, long index) {
    cipher.updateAAD(buf, off, len);
    if (rtcp) {
      Bytes.put32(indexWord, 0, (int) index);
      cipher.updateAAD(indexWord);
    }
  }

  /** RFC 7714 8.1 (RTP: 00 00, SSRC, ROC, SEQ) and 9.1 (RTCP: 00 00, SSRC, 00 00, index). */
  private GCMParameterSpec parameters(int ssrc, long index) {
    long number = rtcp ? index & ~E_FLAG : index;
    System.arraycopy(salt, 0, iv, 0, IV);
    Bytes.put32(iv, 2, Bytes.u32(salt, 2) ^ ssrc);
    Bytes.put16(iv, 6, Bytes.u16(salt, 6) ^ (int) (number >>> 32));
    Bytes.put32(iv, 8, Bytes.u32(salt, 8) ^ (int) number);
    return new GCMParameterSpec(8 * TAG, iv);
  }
}
