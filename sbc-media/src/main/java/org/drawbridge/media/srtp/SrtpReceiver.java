package org.drawbridge.media.srtp;

import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.rtp.Seq;
import org.jspecify.annotations.Nullable;

/**
 * Unprotects what one peer sends under its master key, or under those that MKIs tell apart. Owned
 * by a media loop. No state moves before a packet is authenticated, and an unknown SSRC gets no
 * entry until then.
 */
public final class SrtpReceiver {

  private static final int INDEX = 4;
  private static final long INDEX_MASK = 0x7FFFFFFFL;
  private static final long SEQUENCES = 0x10000;

  /** Rollovers of a stream that we may join: a day of audio. */
  private static final int MAX_ROLLOVERS = 72;

  /** Packets on their way while a peer is described: it begins anew when our answer has come. */
  private static final int UNANSWERED = 250;

  /** The same of reports. */
  private static final int UNANSWERED_REPORTS = 10;

  private static final byte[] NOTHING = {};

  private final SrtpProfile profile;
  private final PacketCiphers only;

  /** Keys that are told apart by MKIs; null where packets have none. */
  private final @Nullable KeyRing ring;

  private final SsrcTable<ReplayWindow> rtpWindows = new SsrcTable<>();
  private final SsrcTable<ReportWindow> rtcpWindows = new SsrcTable<>();

  /** How far the peer's streams were under its keys of before; null without any. */
  private final @Nullable SsrcTable<ReplayWindow> earlier;

  /**
   * What receives under the keys of before until the peer uses these: that it has them does not say
   * since when. Null without any.
   */
  private @Nullable SrtpReceiver before;

  /** Room to keep a packet of a new stream in, given back once there is a stream. */
  private byte[] kept = NOTHING;

  /** Room to keep a packet in that may be under the keys of before, given back without those. */
  private byte[] whole = NOTHING;

  /** The rollovers of a stream joined late that were tried last. */
  private int rollovers = 1;

  private boolean superseded;

  /** Packets that may still come before the peer has begun anew after a description. */
  private int unanswered;

  private int unansweredReports;
  private int length;

  /** Derives session keys from the peer's master keys and salts. */
  public SrtpReceiver(SrtpKeys keys) {
    this(keys, null);
  }

  /**
   * The same after others.
   *
   * @param before what received under the peer's last keys: its streams may go on under these
   */
  public SrtpReceiver(SrtpKeys keys, @Nullable SrtpReceiver before) {
    MasterKey first = keys.theirs().getFirst();
    profile = keys.profile();
    ring = first.mki().length == 0 ? null : new KeyRing(profile, keys.theirs());
    only = ring == null ? PacketCiphers.derive(profile, first.bytes()) : ring.first();
    earlier = before == null ? null : before.howFar();
    if (before != null) {
      before.forgetAllButLast();
      this.before = before;
    }
  }

  /** How far the streams are: what was described may never have been used. */
  private @Nullable SsrcTable<ReplayWindow> howFar() {
    return rtpWindows.isEmpty() ? earlier : rtpWindows;
  }

  private void forgetAllButLast() {
    if (before != null) {
      before.before = null;
    }
  }

  SrtpReceiver(SrtpProfile profile, PacketCiphers only) {
    this.profile = profile;
    this.only = only;
    ring = null;
    earlier = null;
  }

  /** The peer has been described anew, with the keys it had. */
  public void onDescription() {
    unanswered = UNANSWERED;
    unansweredReports = UNANSWERED_REPORTS;
  }

  /**
   * Authenticates and decrypts an RTP packet in place; its offset stays. Until the peer uses these
   * keys it may be one that was on its way under the last.
   */
  public SrtpResult unprotectRtp(byte[] buf, int off, int len) {
    SrtpReceiver last = before;
    superseded = false;
    if (last == null) {
      return openRtp(buf, off, len);
    }
    whole = copy(buf, off, len, whole);
    if (openRtp(buf, off, len) == SrtpResult.OK) {
      before = null;
      whole = NOTHING;
      return SrtpResult.OK;
    }
    System.arraycopy(whole, 0, buf, off, len);
    SrtpResult result = last.unprotectRtp(buf, off, len);
    length = last.length;
    superseded = true;
    return result;
  }

  private SrtpResult openRtp(byte[] buf, int off, int len) {
    if (ring == null) {
      return unprotectRtp(only, buf, off, len);
    }
    PacketCiphers named = ring.take(buf, off, len, profile.rtpBehindMki());
    return named == null
        ? SrtpResult.NOT_AUTHENTIC
        : unprotectRtp(named, buf, off, len - ring.mkiLength());
  }

  private SrtpResult unprotectRtp(PacketCiphers ciphers, byte[] buf, int off, int len) {
    int plainLength = len - profile.rtpTagLength();
    if (!RtpView.isRtp(buf, off, plainLength)) {
      return SrtpResult.MALFORMED;
    }
    int ssrc = RtpView.ssrc(buf, off);
    ReplayWindow window = rtpWindows.find(ssrc);
    if (window == null) {
      return openFirst(ciphers.rtp(), buf, off, len, ssrc);
    }
    long index = Seq.extend(window.highest(), RtpView.seq(buf, off));
    int time = RtpView.timestamp(buf, off);
    boolean again = index >= SEQUENCES || window.isPast(index);
    if (unanswered > 0 && again && window.goesOnAt(time)) {
      return openDescribed(ciphers.rtp(), buf, off, len, window, index);
    }
    if (index < 0 || !window.isFresh(index) || window.isFromBefore(time)) {
      return SrtpResult.REPLAYED;
    }
    int clear = RtpView.headerLength(buf, off, plainLength);
    length = ciphers.rtp().open(buf, off, len, clear, ssrc, index);
    if (length < 0) {
      return SrtpResult.NOT_AUTHENTIC;
    }
    unanswered = Math.max(0, unanswered - 1);
    return commit(window, ssrc, index, time);
  }

  /**
   * The ROC of a stream first heard of is 0 (RFC 3711 3.3.1), or 1 where we missed its first wrap.
   * Of one that was there under other keys it goes on, or begins anew with peers that ignore this.
   * A PBX may put a phone through to us that has spoken with others for long: each packet tries one
   * more ROC, so that what is forged costs little. A failed attempt spoils the packet, so it is
   * kept for the next.
   */
  private SrtpResult openFirst(PacketCipher cipher, byte[] buf, int off, int len, int ssrc) {
    kept = copy(buf, off, len, kept);
    long index = RtpView.seq(buf, off);
    long goesOn = goesOn(ssrc, (int) index);
    boolean open = opens(cipher, buf, off, len, index);
    if (!open) {
      index += SEQUENCES;
      open = opens(cipher, buf, off, len, index);
    }
    if (!open && goesOn > index) {
      open = opens(cipher, buf, off, len, goesOn);
      index = open ? goesOn : index;
    }
    if (!open) {
      rollovers = rollovers < MAX_ROLLOVERS ? rollovers + 1 : 2;
      index += (rollovers - 1) * SEQUENCES;
      open = opens(cipher, buf, off, len, index);
    }
    if (!open) {
      return SrtpResult.NOT_AUTHENTIC;
    }
    kept = NOTHING;
    return commit(null, ssrc, index, RtpView.timestamp(buf, off));
  }

  /** A copy of a packet, in this room if it is large enough. */
  private static byte[] copy(byte[] buf, int off, int len, byte[] room) {
    byte[] copy = room.length < len ? new byte[len] : room;
    System.arraycopy(buf, off, copy, 0, len);
    return copy;
  }

  /**
   * A packet of a stream soon after a description. It goes on, but some peers count their rollovers
   * anew then, or their sequence, though the key stays (against RFC 3711 3.3.1). What was recorded
   * when they counted so before does not go on in RTP time, nor is it taken afterwards.
   */
  private SrtpResult openDescribed(
      PacketCipher cipher, byte[] buf, int off, int len, ReplayWindow window, long index) {
    kept = copy(buf, off, len, kept);
    int time = RtpView.timestamp(buf, off);
    long seq = RtpView.seq(buf, off);
    boolean fresh = window.isFresh(index) && !window.isFromBefore(time);
    boolean goesOn = fresh && opens(cipher, buf, off, len, index);
    if (!goesOn && !opens(cipher, buf, off, len, seq)) {
      return fresh ? SrtpResult.NOT_AUTHENTIC : SrtpResult.REPLAYED;
    }
    if (!goesOn) {
      window.restart(time);
    }
    unanswered = goesOn ? unanswered - 1 : 0;
    kept = unanswered > 0 ? kept : NOTHING;
    window.commit(goesOn ? index : seq, time);
    return SrtpResult.OK;
  }

  /**
   * The index of a stream's packet if it goes on from the keys of before, -1 if it was not there.
   */
  private long goesOn(int ssrc, int seq) {
    ReplayWindow window = earlier == null ? null : earlier.find(ssrc);
    return window == null ? -1 : Seq.extend(window.highest(), seq);
  }

  private boolean opens(PacketCipher cipher, byte[] buf, int off, int len, long index) {
    System.arraycopy(kept, 0, buf, off, len);
    int clear = RtpView.headerLength(buf, off, len - profile.rtpTagLength());
    length = cipher.open(buf, off, len, clear, RtpView.ssrc(buf, off), index);
    return length >= 0;
  }

  /** Authenticates and decrypts a compound RTCP packet in place; its offset stays. */
  public SrtpResult unprotectRtcp(byte[] buf, int off, int len) {
    if (ring == null) {
      return unprotectRtcp(only, buf, off, len);
    }
    PacketCiphers named = ring.take(buf, off, len, profile.rtcpBehindMki());
    return named == null
        ? SrtpResult.NOT_AUTHENTIC
        : unprotectRtcp(named, buf, off, len - ring.mkiLength());
  }

  private SrtpResult unprotectRtcp(PacketCiphers ciphers, byte[] buf, int off, int len) {
    int overhead = profile.rtcpTagLength() + INDEX;
    if (len < RtcpView.HEADER + overhead || (buf[off] & 0xC0) != 0x80) {
      return SrtpResult.MALFORMED;
    }
    int ssrc = RtcpView.ssrc(buf, off);
    int indexAt = off + len - (profile.isAead() ? INDEX : overhead);
    long word = Bytes.u32(buf, indexAt) & 0xFFFFFFFFL;
    long index = word & INDEX_MASK;
    ReportWindow window = rtcpWindows.find(ssrc);
    if (window != null && unansweredReports == 0 && !window.isFresh(index)) {
      return SrtpResult.REPLAYED;
    }
    int clear = word == index ? len - overhead : RtcpView.HEADER;
    length = ciphers.rtcp().open(buf, off, len, clear, ssrc, word);
    if (length < 0) {
      return SrtpResult.NOT_AUTHENTIC;
    }
    if (window == null) {
      if (!rtcpWindows.hasRoom()) {
        return SrtpResult.TOO_MANY_STREAMS;
      }
      window = new ReportWindow();
      rtcpWindows.add(ssrc, window);
    }
    return takes(window, index, buf, off) ? SrtpResult.OK : SrtpResult.REPLAYED;
  }

  private boolean takes(ReportWindow window, long index, byte[] buf, int off) {
    boolean goesOn = window.isFresh(index);
    boolean taken = window.takes(index, buf, off, length, unansweredReports > 0);
    if (taken) {
      unansweredReports = goesOn ? Math.max(0, unansweredReports - 1) : 0;
    }
    return taken;
  }

  private SrtpResult commit(@Nullable ReplayWindow known, int ssrc, long index, int time) {
    ReplayWindow window = known;
    if (window == null) {
      if (!rtpWindows.hasRoom()) {
        return SrtpResult.TOO_MANY_STREAMS;
      }
      window = new ReplayWindow();
      rtpWindows.add(ssrc, window);
    }
    window.commit(index, time);
    return SrtpResult.OK;
  }

  /** Whether the RTP packet last unprotected was under the keys of before. */
  public boolean isSuperseded() {
    return superseded;
  }

  /** Plain length of the packet last unprotected with {@link SrtpResult#OK}. */
  public int length() {
    return length;
  }
}
