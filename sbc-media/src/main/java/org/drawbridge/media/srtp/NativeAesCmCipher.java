package org.drawbridge.media.srtp;

import org.drawbridge.media.libcrypto.AesContext;
import org.drawbridge.media.libcrypto.HmacSha1;
import org.drawbridge.media.libcrypto.Workbench;
import org.drawbridge.media.rtp.Bytes;

/** What {@link AesCmCipher} does, by libcrypto. */
final class NativeAesCmCipher implements PacketCipher {

  private static final int IV = 16;
  private static final int TRAILER = 4;

  private final boolean rtcp;
  private final int tagLength;
  private final byte[] salt;
  private final AesContext aes;
  private final HmacSha1 mac;
  private final byte[] iv = new byte[IV];

  /** Takes session keys, as {@link AesCmCipher} does. */
  NativeAesCmCipher(boolean rtcp, byte[] key, byte[] authKey, byte[] salt, int tagLength) {
    this.rtcp = rtcp;
    this.tagLength = tagLength;
    this.salt = salt;
    aes = new AesContext(AesContext.Mode.CTR, key);
    mac = new HmacSha1(authKey);
  }

  @Override
  public int seal(byte[] buf, int off, int len, int clear, int ssrc, long index) {
    Workbench bench = Workbench.own();
    bench.load(buf, off, len);
    aes.applyCounter(bench, iv(ssrc, index), clear, len - clear);
    bench.putInt(len, trailer(index));
    mac.digest(bench, len + TRAILER);
    int tagAt = rtcp ? len + TRAILER : len;
    bench.putDigest(tagAt, tagLength);
    bench.store(clear, buf, off + clear, tagAt + tagLength - clear);
    return tagAt + tagLength;
  }

  @Override
  public int open(byte[] buf, int off, int len, int clear, int ssrc, long index) {
    int plain = len - tagLength - (rtcp ? TRAILER : 0);
    Workbench bench = Workbench.own();
    bench.load(buf, off, len);
    // The tag lies where the ROC would be authenticated: it moves behind that.
    int tagAt = plain + TRAILER;
    bench.load(buf, off + len - tagLength, tagAt, tagLength);
    bench.putInt(plain, trailer(index));
    mac.digest(bench, plain + TRAILER);
    if (!bench.hasDigest(tagAt, tagLength)) {
      return -1;
    }
    aes.applyCounter(bench, iv(ssrc, index), clear, plain - clear);
    bench.store(clear, buf, off + clear, plain - clear);
    return plain;
  }

  private int trailer(long index) {
    return (int) (rtcp ? index : index >>> 16);
  }

  /** IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16). */
  private byte[] iv(int ssrc, long packetIndex) {
    long index = rtcp ? packetIndex & 0x7FFFFFFFL : packetIndex;
    System.arraycopy(salt, 0, iv, 0, 14);
    Bytes.put32(iv, 4, Bytes.u32(salt, 4) ^ ssrc);
    Bytes.put32(iv, 8, Bytes.u32(salt, 8) ^ (int) (index >>> 16));
    Bytes.put16(iv, 12, Bytes.u16(salt, 12) ^ (int) index);
    return iv;
  }
}
