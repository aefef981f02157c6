package org.drawbridge.media.relay;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioEncoder;
import org.drawbridge.media.plane.Playback;
import org.drawbridge.media.rtp.RtpView;

/**
 * Plays a sound to one peer as a source of RTP of its own, a packet after the other. It begins when
 * the first packet can be sent, so that nothing of it is lost while ICE and DTLS go on. Owned by a
 * media loop.
 */
final class Player implements LongConsumer {

  /** Packets that are sent at once after the loop was late; what it missed more is left out. */
  private static final int MAX_BURST = 5;

  private final Playback what;
  private final RelayLeg leg;
  private final AudioEncoder encoder;
  private final short[] pcm;
  private final byte[] payload = new byte[AudioCodec.MAX_PAYLOAD];
  private final byte[] packet =
      new byte[RtpView.HEADER + AudioCodec.MAX_PAYLOAD + Egress.TAIL_ROOM];
  private final int ssrc;
  private final long paceNanos;
  private int length;
  private int seq;
  private int timestamp;
  private long nextNanos;
  private boolean begun;

  Player(Playback what, RelayLeg leg, int ssrc) {
    this.what = what;
    this.leg = leg;
    this.ssrc = ssrc;
    encoder = what.codec().newEncoder(what.rate());
    paceNanos = what.millis() * 1_000_000L;
    pcm = new short[what.rate() / 1000 * what.millis()];
  }

  /** Sends what is due at a time in ns. */
  @Override
  public void accept(long nowNanos) {
    if (!begun) {
      begin(nowNanos);
      return;
    }
    for (int sent = 0; nowNanos - nextNanos >= 0; sent++) {
      if (sent == MAX_BURST) {
        nextNanos = nowNanos + paceNanos;
      } else if (encodeNext()) {
        send(nowNanos);
        nextNanos += paceNanos;
      } else {
        end();
        return;
      }
    }
  }

  private void begin(long nowNanos) {
    if (length == 0 && !encodeNext()) {
      end();
      return;
    }
    begun = send(nowNanos);
    nextNanos = nowNanos + paceNanos;
  }

  private void end() {
    leg.play(null);
    what.ended().run();
  }

  private boolean encodeNext() {
    int samples = what.sound().read(pcm, pcm.length);
    if (samples == 0) {
      return false;
    }
    Arrays.fill(pcm, samples, pcm.length, (short) 0);
    length = encoder.encode(pcm, 0, pcm.length, payload, 0);
    seq++;
    timestamp += what.codec().clockRate() / 1000 * what.millis();
    return true;
  }

  private boolean send(long nowNanos) {
    RtpView.write(packet, what.payloadType(), seq, timestamp, ssrc);
    System.arraycopy(payload, 0, packet, RtpView.HEADER, length);
    int clock = what.codec().clockRate();
    return leg.sendPlayed(packet, RtpView.HEADER + length, what.payloadType(), clock, nowNanos);
  }
}
