package org.drawbridge.media.relay;

import org.drawbridge.media.api.Keys;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioDecoder;
import org.drawbridge.media.dtmf.EventReader;
import org.drawbridge.media.dtmf.KeyListener;
import org.drawbridge.media.dtmf.ToneDetector;
import org.drawbridge.media.plane.KeyForm;
import org.drawbridge.media.plane.KeyRoute;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.rtp.RtpView;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys that a peer presses among its packets and hands them to the other leg, or tells of
 * them where that leg's peer takes them in signalling. Owned by a media loop.
 */
final class KeyInput implements KeyListener {

  private static final int TYPES = 128;

  /** Audio that pauses so long has ended whatever tone it held. */
  private static final long GAP_NANOS = 200_000_000L;

  private final KeyRoute route;
  private final RelayLeg to;
  private final RelayListener listener;
  private final int[] clockRates = new int[TYPES];
  private final @Nullable AudioDecoder[] decoders = new AudioDecoder[TYPES];
  private final EventReader events = new EventReader(this);
  private final ToneDetector tones = new ToneDetector(this);
  private final short[] pcm;
  private long heardNanos;

  KeyInput(KeyRoute route, RelayLeg to, RelayListener listener) {
    this.route = route;
    this.to = to;
    this.listener = listener;
    route.events().forEach((type, rate) -> clockRates[type] = rate);
    route.tones().forEach((type, codec) -> decoders[type] = codec.newDecoderTo(ToneDetector.RATE));
    pcm = new short[route.tones().isEmpty() ? 0 : AudioCodec.roomAt(ToneDetector.RATE)];
  }

  /** Whether this is the way for packets to a leg. */
  boolean is(KeyRoute other, RelayLeg sink) {
    return route.equals(other) && to == sink;
  }

  /**
   * Looks at a packet.
   *
   * @param header its header's length
   * @return whether it was a key and is not to be passed on
   */
  boolean takes(byte[] buf, int off, int header, int len, long nowNanos) {
    int type = RtpView.payloadType(buf, off);
    AudioDecoder decoder = decoders[type];
    if (decoder != null) {
      int payload = len - header - RtpView.padding(buf, off, len);
      return isTone(decoder, buf, off + header, payload, nowNanos);
    }
    if (clockRates[type] == 0) {
      return false;
    }
    events.onPacket(buf, off, header, len, clockRates[type], nowNanos);
    return true;
  }

  /** Audio with a tone is not passed on: the other side would take it for a second key. */
  private boolean isTone(AudioDecoder decoder, byte[] buf, int off, int len, long nowNanos) {
    int samples = len > 0 ? decoder.decode(buf, off, len, pcm) : 0;
    if (samples > 0) {
      tones.onSamples(pcm, samples, nowNanos);
      heardNanos = nowNanos;
    }
    return tones.isDown();
  }

  void onTick(long nowNanos) {
    events.onTick(nowNanos);
    if (tones.isDown() && nowNanos - heardNanos >= GAP_NANOS) {
      tones.onGap(nowNanos);
    }
  }

  @Override
  public void onKey(int event, long nowNanos) {
    if (!(route.to() instanceof KeyForm.Signalled)) {
      to.keys().onKey(event, nowNanos);
    }
  }

  @Override
  public void onRelease(int event, int millis, long nowNanos) {
    if (route.to() instanceof KeyForm.Signalled) {
      listener.onKey(Keys.key(event), millis);
    } else {
      to.keys().onRelease(event, millis, nowNanos);
    }
  }
}
