package org.drawbridge.media.srtp;

import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.rtp.Seq;

/**
 * Protects what we send to one peer under one master key. Owned by a media loop.
 *
 * <p>An index is used once: a second packet with the same number, as a duplicating or hostile
 * sender on the plain side could cause, would repeat a GCM nonce and give the key away. It is
 * refused instead.
 */
public final class SrtpSender {

  private static final long E_FLAG = 0x80000000L;
  private static final long MAX_RTCP_INDEX = 0x7FFFFFFFL;

  /** Free bytes needed behind a packet. */
  public static final int MAX_OVERHEAD = PacketCipher.MAX_OVERHEAD + MasterKey.MAX_MKI;

  private final PacketCiphers ciphers;
  private final byte[] mki;
  private final int rtpBehindMki;
  private final int rtcpBehindMki;
  private final SsrcTable<ReplayWindow> windows = new SsrcTable<>();
  private long rtcpIndex;
  private int length;

  /** Derives session keys from our master key and salt. */
  public SrtpSender(SrtpKeys keys) {
    ciphers = PacketCiphers.derive(keys.profile(), keys.local());
    mki = keys.ours().mki();
    rtpBehindMki = keys.profile().rtpBehindMki();
    rtcpBehindMki = keys.profile().rtcpBehindMki();
  }

  SrtpSender(PacketCiphers ciphers) {
    this.ciphers = ciphers;
    mki = new byte[0];
    rtpBehindMki = 0;
    rtcpBehindMki = 0;
  }

  /** Encrypts and authenticates a valid RTP packet in place. */
  public SrtpResult protectRtp(byte[] buf, int off, int len) {
    int clear = RtpView.headerLength(buf, off, len);
    if (clear < 0) {
      return SrtpResult.MALFORMED;
    }
    int ssrc = RtpView.ssrc(buf, off);
    int seq = RtpView.seq(buf, off);
    ReplayWindow window = windows.find(ssrc);
    if (window == null) {
      if (!windows.hasRoom()) {
        return SrtpResult.TOO_MANY_STREAMS;
      }
      window = new ReplayWindow();
      windows.add(ssrc, window);
    }
    long index = index(window, seq);
    if (!window.isFresh(index)) {
      return SrtpResult.REPLAYED;
    }
    window.commit(index);
    length = ciphers.rtp().seal(buf, off, len, clear, ssrc, index);
    putMki(buf, off, rtpBehindMki);
    return SrtpResult.OK;
  }

  /** The MKI is not authenticated: it goes in when all else is done. */
  private void putMki(byte[] buf, int off, int behind) {
    if (mki.length > 0) {
      int at = off + length - behind;
      System.arraycopy(buf, at, buf, at + mki.length, behind);
      System.arraycopy(mki, 0, buf, at, mki.length);
      length += mki.length;
    }
  }

  private static long index(ReplayWindow window, int seq) {
    return window.highest() < 0 ? seq : Seq.extend(window.highest(), seq);
  }

  /**
   * Encrypts and authenticates a valid compound RTCP packet in place. One index runs over all our
   * SSRCs, which is allowed and never repeats one.
   */
  public SrtpResult protectRtcp(byte[] buf, int off, int len) {
    if (rtcpIndex == MAX_RTCP_INDEX) {
      return SrtpResult.REPLAYED;
    }
    rtcpIndex++;
    int ssrc = RtcpView.ssrc(buf, off);
    length = ciphers.rtcp().seal(buf, off, len, RtcpView.HEADER, ssrc, rtcpIndex | E_FLAG);
    putMki(buf, off, rtcpBehindMki);
    return SrtpResult.OK;
  }

  /** Protected length of the packet last protected with {@link SrtpResult#OK}. */
  public int length() {
    return length;
  }
}
