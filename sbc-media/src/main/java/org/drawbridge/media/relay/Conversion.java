package org.drawbridge.media.relay;

import org.drawbridge.media.plane.Transcoding;
import org.drawbridge.media.rtp.RtpView;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one leg's audio on its way to a leg that takes another codec, and of the packets
 * beside it. Owned by a media loop.
 */
final class Conversion {

  private @Nullable Transcoder transcoder;
  private int made;

  /** The way from now on; a transcoder of another is given up. */
  void follow(@Nullable Transcoding how, RelayLeg to) {
    if (transcoder != null && !transcoder.is(how, to)) {
      transcoder = null;
    }
  }

  /** Turns a valid packet into the other codec; false when it is not of a codec that is turned. */
  boolean takes(
      @Nullable Transcoding how, RelayLeg to, byte[] buf, int off, int len, long nowNanos) {
    if (how == null || !how.from().containsKey(RtpView.payloadType(buf, off))) {
      return false;
    }
    if (transcoder == null && how.seat().take()) {
      // Of its own, so that a source that passes as it is is never taken for it.
      transcoder = new Transcoder(how, to, ++made * 0x9E37_79B9, nowNanos);
    }
    if (transcoder != null) {
      transcoder.onPacket(buf, off, len, nowNanos);
    }
    return true;
  }

  /** The other leg's peer loses this share of what it is sent, 0 to 1; negative when unknown. */
  void expectLoss(double fraction) {
    if (transcoder != null) {
      transcoder.expectLoss(fraction);
    }
  }

  /** A packet that is not audio, or not to be heard, has come. */
  void pass(byte[] buf, int off) {
    if (transcoder != null) {
      transcoder.pass(RtpView.ssrc(buf, off), RtpView.seq(buf, off));
    }
  }

  /**
   * Gives a packet that passes as it is, beside audio that does not, its place among that: the peer
   * hears one source.
   *
   * @param clockRate the packet's own, in Hz
   * @return the RTP clock of its timestamp now
   */
  int place(RelayLeg to, byte[] buf, int off, int clockRate) {
    Transcoder encoder = toward(to);
    return encoder != null && encoder.place(buf, off) ? encoder.clockRate() : clockRate;
  }

  /** The transcoder whose packets a leg's peer hears now, null for none. */
  @Nullable Transcoder toward(RelayLeg to) {
    return transcoder != null && to.outbound().carries(transcoder.ssrc()) ? transcoder : null;
  }
}
