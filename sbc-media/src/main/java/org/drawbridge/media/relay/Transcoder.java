package org.drawbridge.media.relay;

import java.util.EnumMap;
import java.util.Map;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioDecoder;
import org.drawbridge.media.audio.AudioEncoder;
import org.drawbridge.media.plane.Transcoding;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.rtp.Seq;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what one peer sends and encodes it for the other, in packets of one length. There is no
 * jitter buffer: a packet is passed on as it comes, so that the receiver's own buffer sees the
 * jitter of the way; the place of a lost one is filled when the next comes, and what comes after
 * that is dropped. No more than real time is encoded, but for a burst of a second. Owned by a media
 * loop.
 */
final class Transcoder {

  private static final long BURST_NANOS = 1_000_000_000L;
  private static final int WIDEBAND = 16_000;

  /** A source that jumps further has begun anew. */
  private static final int MAX_STEP = 100;

  /** What is left of a loss after a tenth of a second, so that it is halved in seven. */
  private static final double FADING = 0.99;

  /** Less than any report tells. */
  private static final double LEAST_LOSS = 0.003;

  /** Longer gaps are heard as silence. */
  private static final int MAX_CONCEALED_MILLIS = 100;

  private final Transcoding how;
  private final RelayLeg to;
  private final int rate;
  private final AudioEncoder encoder;
  private final Map<AudioCodec, AudioDecoder> decoders = new EnumMap<>(AudioCodec.class);
  private final short[] decoded;
  private final short[] pending;
  private final int frame;
  private final long frameNanos;
  private final byte[] packet =
      new byte[RtpView.HEADER + AudioCodec.MAX_PAYLOAD + Egress.TAIL_ROOM];
  private final Succession succession = new Succession();
  private int held;
  private int ssrc;
  private int outSeq;
  private int outTimestamp;
  private @Nullable AudioCodec codec;
  private int source;
  private int highest;
  private boolean passed;
  private int expected;
  private double loss;
  private long budgetNanos = BURST_NANOS;
  private long heardNanos;

  Transcoder(Transcoding how, RelayLeg to, int ssrc, long nowNanos) {
    this.how = how;
    this.to = to;
    this.ssrc = ssrc;
    rate = rate(how);
    encoder = how.to().newEncoder(rate, how.opus());
    decoded = new short[AudioCodec.roomAt(rate)];
    frame = rate / 1000 * how.millis();
    frameNanos = how.millis() * 1_000_000L;
    pending = new short[frame + decoded.length];
    heardNanos = nowNanos;
  }

  /** Opus takes several: it need not be wider than what comes. */
  private static int rate(Transcoding how) {
    boolean wide = how.from().values().stream().anyMatch(from -> from.sampleRate() >= WIDEBAND);
    int needed = wide ? WIDEBAND : 8000;
    return how.to().takes(needed) ? needed : how.to().sampleRate();
  }

  /** Whether this is the way to a leg. */
  boolean is(@Nullable Transcoding other, RelayLeg sink) {
    return how.equals(other) && to == sink;
  }

  /** Whether packets with this SSRC are what it encodes now. */
  boolean isFrom(int inSsrc) {
    return codec != null && inSsrc == source;
  }

  /** SSRC of what it sends, as {@link OutboundStream} knows it. */
  int ssrc() {
    return ssrc;
  }

  /** The timestamp, before {@link OutboundStream} maps it, of what the source samples at one. */
  int toOutTimestamp(int inTimestamp) {
    int inRate = codec == null ? how.to().clockRate() : codec.clockRate();
    long outRate = how.to().clockRate();
    long ahead = (inTimestamp - expected) * outRate / inRate;
    return outTimestamp + (int) (held * outRate / rate + ahead);
  }

  /** RTP clock of what it sends, in Hz. */
  int clockRate() {
    return how.to().clockRate();
  }

  /**
   * What it sends loses this share on its way, 0 to 1; negative when unknown. Told ten times a
   * second: losses come in groups, and a report that knows of none does not end them.
   */
  void expectLoss(double fraction) {
    if (how.opus().repeats()) {
      double faded = loss * FADING;
      loss = Math.clamp(Math.max(fraction, faded < LEAST_LOSS ? 0 : faded), 0, 1);
      encoder.expectLoss((int) Math.ceil(100 * loss));
    }
  }

  /** A packet of its source that is not audio has come: nothing said is missing in its place. */
  void pass(int inSsrc, int inSeq) {
    int step = Seq.distance(highest, inSeq);
    if (isFrom(inSsrc) && step > 0 && step < MAX_STEP) {
      highest = inSeq;
      passed = true;
    }
  }

  /** Makes a packet beside the audio of its source one of what it sends; false for all others. */
  boolean place(byte[] buf, int off) {
    int inSsrc = RtpView.ssrc(buf, off);
    if (!isFrom(inSsrc) || !how.beside().contains(RtpView.payloadType(buf, off))) {
      return false;
    }
    pass(inSsrc, RtpView.seq(buf, off));
    RtpView.setTimestamp(buf, off, toOutTimestamp(RtpView.timestamp(buf, off)));
    RtpView.setSeq(buf, off, ++outSeq);
    RtpView.setSsrc(buf, off, ssrc);
    return true;
  }

  /** Takes a valid packet of one of its payload types. */
  void onPacket(byte[] buf, int off, int len, long nowNanos) {
    int header = RtpView.headerLength(buf, off, len);
    int length = len - header - RtpView.padding(buf, off, len);
    AudioCodec of = how.from().get(RtpView.payloadType(buf, off));
    if (of == null || length <= 0) {
      return;
    }
    int from = RtpView.ssrc(buf, off);
    if (codec != null && from != source) {
      if (succession.isLeft(from, heardNanos, nowNanos)) {
        return;
      }
      succession.leave(source, nowNanos);
    }
    earn(nowNanos);
    boolean same = of == codec && from == source;
    int step = same ? Seq.distance(highest, RtpView.seq(buf, off)) : MAX_STEP;
    if (step <= 0 && step > -MAX_STEP) {
      return; // its place has been filled, or it is there twice
    }
    AudioDecoder decoder = decoders.computeIfAbsent(of, wanted -> wanted.newDecoderTo(rate));
    if (step > 0 && step < MAX_STEP) {
      long missing = missing(of, RtpView.timestamp(buf, off) - expected);
      int concealed = step > 1 && !passed ? (int) Math.min(missing, mostConcealed()) : 0;
      if (concealed > 0) {
        decoder.recover(buf, off + header, length, decoded, concealed);
        push(concealed, nowNanos);
      }
      outTimestamp += (int) ((missing - concealed) * how.to().clockRate() / rate);
    } else {
      // One of its own again, so that the time between both is heard as such.
      ssrc++;
      held = 0;
    }
    int samples = decoder.decode(buf, off + header, length, decoded);
    codec = of;
    source = from;
    highest = RtpView.seq(buf, off);
    passed = false;
    int units = (int) ((long) Math.max(0, samples) * of.clockRate() / rate);
    expected = RtpView.timestamp(buf, off) + units;
    push(samples, nowNanos);
  }

  /** What a second has given may be spent in the next, so that bursts of a good way pass. */
  private void earn(long nowNanos) {
    long earned = (nowNanos - heardNanos) + (nowNanos - heardNanos) / 4;
    budgetNanos = Math.min(BURST_NANOS, budgetNanos + Math.max(0, earned));
    heardNanos = nowNanos;
  }

  /** Samples of a time, in units of the source's clock, that was said in no packet. */
  private long missing(AudioCodec of, int units) {
    return Math.max(0, (long) units * rate / of.clockRate());
  }

  /** Where packets are missing, rather than that the source was silent. */
  private long mostConcealed() {
    return (long) rate / 1000 * MAX_CONCEALED_MILLIS;
  }

  private void push(int samples, long nowNanos) {
    if (samples <= 0) {
      return;
    }
    System.arraycopy(decoded, 0, pending, held, samples);
    held += samples;
    int at = 0;
    for (; held - at >= frame; at += frame) {
      send(at, nowNanos);
    }
    held -= at;
    System.arraycopy(pending, at, pending, 0, held);
  }

  private void send(int at, long nowNanos) {
    outSeq++;
    if (budgetNanos >= frameNanos) {
      budgetNanos -= frameNanos;
      RtpView.write(packet, how.payloadType(), outSeq, outTimestamp, ssrc);
      int length = encoder.encode(pending, at, frame, packet, RtpView.HEADER);
      int clock = how.to().clockRate();
      to.sendPlayed(packet, RtpView.HEADER + length, how.payloadType(), clock, nowNanos);
    }
    outTimestamp += how.to().clockRate() / 1000 * how.millis();
  }
}
