package org.drawbridge.media.srtp;

import org.drawbridge.media.libcrypto.AesContext;
import org.drawbridge.media.libcrypto.Workbench;
import org.drawbridge.media.rtp.Bytes;

/** What {@link AesGcmCipher} does, by libcrypto and without an object for each packet. */
final class NativeAesGcmCipher implements PacketCipher {

  private static final int TAG = AesContext.TAG;
  private static final int INDEX = 4;
  private static final int IV = 12;
  private static final long E_FLAG = 0x80000000L;

  private final boolean rtcp;
  private final byte[] salt;
  private final AesContext aes;
  private final byte[] iv = new byte[IV];

  /** Takes session keys, as {@link AesGcmCipher} does. */
  NativeAesGcmCipher(boolean rtcp, byte[] key, byte[] salt) {
    this.rtcp = rtcp;
    this.salt = salt;
    aes = new AesContext(AesContext.Mode.GCM, key);
  }

  @Override
  public int seal(byte[] buf, int off, int len, int clear, int ssrc, long index) {
    Workbench bench = Workbench.own();
    bench.load(buf, off, len);
    if (rtcp) {
      bench.putInt(len + TAG, (int) index);
    }
    aes.seal(bench, iv(ssrc, index), clear, len, rtcp);
    int sealed = len + TAG + (rtcp ? INDEX : 0);
    bench.store(clear, buf, off + clear, sealed - clear);
    return sealed;
  }

  @Override
  public int open(byte[] buf, int off, int len, int clear, int ssrc, long index) {
    int plain = len - TAG - (rtcp ? INDEX : 0);
    boolean encrypted = !rtcp || (index & E_FLAG) != 0;
    Workbench bench = Workbench.own();
    bench.load(buf, off, len);
    int associated = encrypted ? clear : plain;
    if (!aes.open(bench, iv(ssrc, index), associated, plain, rtcp)) {
      return -1;
    }
    bench.store(associated, buf, off + associated, plain - associated);
    return plain;
  }

  /** RFC 7714 8.1 (RTP: 00 00, SSRC, ROC, SEQ) and 9.1 (RTCP: 00 00, SSRC, 00 00, index). */
  private byte[] iv(int ssrc, long index) {
    long number = rtcp ? index & ~E_FLAG : index;
    System.arraycopy(salt, 0, iv, 0, IV);
    Bytes.put32(iv, 2, Bytes.u32(salt, 2) ^ ssrc);
    Bytes.put16(iv, 6, Bytes.u16(salt, 6) ^ (int) (number >>> 32));
    Bytes.put32(iv, 8, Bytes.u32(salt, 8) ^ (int) number);
    return iv;
  }
}
