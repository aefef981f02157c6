package org.drawbridge.media.srtp;

/**
 * Protects packets of one direction under one set of session keys, in place. The index of RTP is
 * {@code ROC << 16 | SEQ}; that of RTCP is the 31 bit SRTCP index with the E flag as bit 31. Not
 * thread-safe.
 */
interface PacketCipher {

  /**
   * Encrypts what follows the first {@code clear} bytes and appends tag (and SRTCP index).
   *
   * @return the protected length; the buffer must have room for {@link #MAX_OVERHEAD} more bytes
   */
  int seal(byte[] buf, int off, int len, int clear, int ssrc, long index);

  /**
   * Authenticates, then decrypts what follows the first {@code clear} bytes. The buffer's content
   * is undefined afterwards if the packet was not authentic.
   *
   * @param len protected length, at least {@code clear} plus this cipher's overhead
   * @return the plain length, or -1 when the packet is not authentic
   */
  int open(byte[] buf, int off, int len, int clear, int ssrc, long index);

  /** The most bytes {@link #seal} adds: a GCM tag and the SRTCP index. */
  int MAX_OVERHEAD = 20;
}
