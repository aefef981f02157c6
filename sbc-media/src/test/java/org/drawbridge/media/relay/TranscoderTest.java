package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioDecoder;
import org.drawbridge.media.audio.AudioEncoder;
import org.drawbridge.media.audio.OpusTerms;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.KeyForm;
import org.drawbridge.media.plane.KeyRoute;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Transcoding;
import org.drawbridge.media.plane.TranscodingLimit;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One leg's codec becomes the other's, also where packets are lost, late or too many. */
class TranscoderTest {

  private static final int HERTZ = 440;
  private static final int IN = 96;
  private static final int OUT = 97;
  private static final int NOISE = 13;

  private final TranscodingLimit limit = new TranscodingLimit(1);
  private final LegPair pair = new LegPair(false);

  private void join(AudioCodec from, AudioCodec to) {
    join(from, to, 20);
  }

  private void join(AudioCodec from, AudioCodec to, int millis) {
    Map<Integer, AudioCodec> in = Map.of(IN, from);
    Transcoding how =
        new Transcoding(in, Set.of(), to, OUT, millis, OpusTerms.REPEATING, limit.seat());
    PayloadMap map = PayloadMap.of(Map.of(), Map.of(IN, from.clockRate())).transcoding(how);
    pair.join(map, PayloadMap.of(Map.of()));
  }

  /** A tone in packets of 20 ms. */
  private static final class Talker {
    private final AudioCodec codec;
    private final AudioEncoder encoder;
    private final short[] pcm;
    private int said;
    private int number;

    Talker(AudioCodec codec) {
      this.codec = codec;
      encoder = codec.newEncoder(codec.sampleRate());
      pcm = new short[codec.sampleRate() / 50];
    }

    byte[] next() {
      for (int i = 0; i < pcm.length; i++) {
        double turns = (double) HERTZ * (said * pcm.length + i) / codec.sampleRate();
        pcm[i] = (short) (8000 * Math.sin(2 * Math.PI * turns));
      }
      byte[] payload = new byte[AudioCodec.MAX_PAYLOAD];
      int length = encoder.encode(pcm, 0, pcm.length, payload, 0);
      byte[] packet = new byte[RtpView.HEADER + length];
      RtpView.write(packet, IN, number++, said * codec.clockRate() / 50, 77);
      System.arraycopy(payload, 0, packet, RtpView.HEADER, length);
      said++;
      return packet;
    }

    /** Comfort noise (RFC 3389) for some times 20 ms. */
    byte[] pause(int frames) {
      byte[] packet = new byte[RtpView.HEADER + 1];
      RtpView.write(packet, NOISE, number++, said * codec.clockRate() / 50, 77);
      said += frames;
      return packet;
    }
  }

  /** The share of the tone in all that was heard, from the tenth packet on. */
  private static double purity(List<byte[]> packets, AudioCodec codec) {
    AudioDecoder decoder = codec.newDecoder(codec.sampleRate());
    short[] pcm = new short[AudioCodec.roomAt(codec.sampleRate())];
    double sine = 0;
    double cosine = 0;
    double total = 0;
    int n = 0;
    for (int i = 0; i < packets.size(); i++) {
      byte[] packet = packets.get(i);
      int count = decoder.decode(packet, 12, packet.length - 12, pcm);
      for (int k = 0; i >= 10 && k < count; k++, n++) {
        double angle = 2 * Math.PI * HERTZ * n / codec.sampleRate();
        sine += pcm[k] * Math.sin(angle);
        cosine += pcm[k] * Math.cos(angle);
        total += (double) pcm[k] * pcm[k];
      }
    }
    return 2 * (sine * sine + cosine * cosine) / (total * n);
  }

  @ParameterizedTest
  @CsvSource({
    "PCMU,OPUS,20",
    "PCMA,OPUS,20",
    "G722,OPUS,10",
    "OPUS,PCMU,10",
    "OPUS,PCMA,20",
    "OPUS,G722,20",
    "PCMU,G722,10",
    "G722,PCMA,20",
    "PCMU,PCMA,20"
  })
  void aToneStaysAToneInAnyCodec(AudioCodec from, AudioCodec to, int millis) {
    join(from, to, millis);
    Talker talker = new Talker(from);
    for (int i = 0; i < 60; i++) {
      pair.a.receiveRtp(talker.next());
    }
    assertThat(pair.b.rtp).hasSizeBetween(59 * 20 / millis, 60 * 20 / millis);
    assertThat(purity(pair.b.rtp, to)).isGreaterThan(0.95);
    int units = to.clockRate() / 1000 * millis;
    byte[] first = pair.b.rtp.getFirst();
    for (int i = 1; i < pair.b.rtp.size(); i++) {
      byte[] packet = pair.b.rtp.get(i);
      assertThat(Packets.payloadType(packet)).isEqualTo(OUT);
      assertThat(Packets.ssrc(packet)).isEqualTo(pair.b.ssrc());
      assertThat(Bytes.u16(packet, 2) - Bytes.u16(first, 2)).isEqualTo(i);
      assertThat(Bytes.u32(packet, 4) - Bytes.u32(first, 4)).isEqualTo(i * units);
    }
    assertThat(limit.active()).isEqualTo(1);
  }

  @Test
  void lostAndSwappedPacketsLeaveTimeAndToneInPlace() {
    join(AudioCodec.PCMU, AudioCodec.OPUS);
    Talker talker = new Talker(AudioCodec.PCMU);
    Random random = new Random(5);
    byte[] late = talker.next();
    int said = 1;
    for (; said < 200; said++) {
      byte[] packet = talker.next();
      if (random.nextInt(20) == 0) {
        continue;
      }
      boolean swap = random.nextInt(20) == 0;
      pair.a.receiveRtp(swap ? packet : late);
      late = swap ? late : packet;
    }
    assertThat(pair.b.rtp).hasSizeBetween(190, 200);
    int first = Bytes.u32(pair.b.rtp.getFirst(), 4);
    int last = Bytes.u32(pair.b.rtp.getLast(), 4);
    assertThat((last - first) / 960).isBetween(said - 6, said);
    assertThat(purity(pair.b.rtp, AudioCodec.OPUS)).isGreaterThan(0.5);
  }

  /** Browsers repeat what they say in the next packet once they hear of loss (RFC 6716 2.1.7). */
  @Test
  void whatTheNextPacketRepeatsIsHeardThoughItsOwnWasLost() throws OpusException {
    join(AudioCodec.OPUS, AudioCodec.PCMU);
    OpusEncoder encoder = new OpusEncoder(48_000, 1, OpusApplication.OPUS_APPLICATION_VOIP);
    encoder.setBitrate(24_000);
    encoder.setMaxBandwidth(OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND);
    encoder.setUseInbandFEC(true);
    encoder.setPacketLossPercent(20);
    int lost = 30;
    for (int i = 0; i < lost + 10; i++) {
      byte[] payload = new byte[AudioCodec.MAX_PAYLOAD];
      int length = encoder.encode(voice(i, i >= lost), 0, 960, payload, 0, payload.length);
      byte[] packet = new byte[RtpView.HEADER + length];
      RtpView.write(packet, IN, i, i * 960, 77);
      System.arraycopy(payload, 0, packet, RtpView.HEADER, length);
      if (i != lost) {
        pair.a.receiveRtp(packet);
      }
    }
    assertThat(energy(pair.b.rtp.get(lost))).isGreaterThan(energy(pair.b.rtp.get(lost + 3)) / 10);
  }

  /** Else a browser on a bad network hears each loss, though it asked for repeats. */
  @ParameterizedTest
  @CsvSource({"0,false", "3,true", "64,true"})
  void whatABrowserLosesIsRepeatedInTheNextPacket(int fraction, boolean repeated) {
    join(AudioCodec.PCMU, AudioCodec.OPUS);
    Talker talker = new Talker(AudioCodec.PCMU);
    pair.a.receiveRtp(talker.next());
    byte[] report = Packets.receiverReport(88, pair.b.ssrc(), 0);
    report[RtcpView.HEADER + 4] = (byte) fraction;
    pair.b.receiveRtcp(report);
    pair.a.leg.onTick(pair.now);
    assertThat(isRepeated(talker)).isEqualTo(repeated);
  }

  /** Losses come in groups: after a report of some one that is good does not end them. */
  @ParameterizedTest
  @CsvSource({"50,true", "1200,false"})
  void whatWasLostLatelyIsRepeatedThoughTheLastReportIsGood(int ticks, boolean repeated) {
    join(AudioCodec.PCMU, AudioCodec.OPUS);
    Talker talker = new Talker(AudioCodec.PCMU);
    pair.a.receiveRtp(talker.next());
    byte[] report = Packets.receiverReport(88, pair.b.ssrc(), 0);
    report[RtcpView.HEADER + 4] = 32;
    pair.b.receiveRtcp(report);
    pair.a.leg.onTick(pair.now);
    pair.b.receiveRtcp(Packets.receiverReport(88, pair.b.ssrc(), 0));
    for (int i = 0; i < ticks; i++) {
      pair.a.leg.onTick(pair.now);
    }
    assertThat(isRepeated(talker)).isEqualTo(repeated);
  }

  /** Whether a packet of ours can be heard in the next. */
  private boolean isRepeated(Talker talker) {
    AudioEncoder encoder = AudioCodec.PCMU.newEncoder(8000);
    int lost = 30;
    for (int i = 1; i < lost + 10; i++) {
      byte[] packet = talker.next();
      short[] pcm = new short[160];
      short[] voice = voice(i, i >= lost);
      for (int k = 0; k < pcm.length; k++) {
        pcm[k] = voice[6 * k];
      }
      encoder.encode(pcm, 0, pcm.length, packet, RtpView.HEADER);
      pair.a.receiveRtp(packet);
    }
    AudioDecoder decoder = AudioCodec.OPUS.newDecoder(48_000);
    short[] heard = new short[AudioCodec.roomAt(48_000)];
    for (int i = 0; i < lost; i++) {
      byte[] packet = pair.b.rtp.get(i);
      decoder.decode(packet, RtpView.HEADER, packet.length - RtpView.HEADER, heard);
    }
    byte[] next = pair.b.rtp.get(lost + 1);
    decoder.recover(next, RtpView.HEADER, next.length - RtpView.HEADER, heard, 960);
    return energy(heard, 960) > 960 * 100 * 100;
  }

  /** 20 ms of a voice at 48 kHz, or of hardly anything. */
  private static short[] voice(int frame, boolean loud) {
    short[] pcm = new short[960];
    for (int i = 0; i < pcm.length; i++) {
      double time = (frame * 960 + i) / 48_000.0;
      double sample = 0;
      for (int harmonic = 1; harmonic <= 12; harmonic++) {
        sample += Math.sin(2 * Math.PI * 140 * harmonic * time) / harmonic;
      }
      pcm[i] = (short) (sample * (loud ? 6000 : 5));
    }
    return pcm;
  }

  private static double energy(byte[] packet) {
    short[] pcm = new short[AudioCodec.roomAt(8000)];
    int count =
        AudioCodec.PCMU.newDecoder(8000).decode(packet, RtpView.HEADER, packet.length - 12, pcm);
    return energy(pcm, count);
  }

  private static double energy(short[] pcm, int count) {
    double energy = 0;
    for (int i = 0; i < count; i++) {
      energy += (double) pcm[i] * pcm[i];
    }
    return energy;
  }

  @Test
  void silenceOfTheSourceIsAGapInTimeAlone() {
    join(AudioCodec.PCMU, AudioCodec.OPUS);
    Talker talker = new Talker(AudioCodec.PCMU);
    pair.a.receiveRtp(talker.next());
    byte[] afterwards = talker.next();
    Bytes.put32(afterwards, 4, 8000);
    pair.now += 980_000_000L;
    pair.a.receiveRtp(afterwards);
    assertThat(pair.b.rtp).hasSize(2);
    assertThat(Bytes.u32(pair.b.rtp.get(1), 4) - Bytes.u32(pair.b.rtp.get(0), 4)).isEqualTo(48_000);
  }

  private void pause(Talker talker, int frames) {
    pair.a.receiveRtp(talker.pause(frames));
    pair.now += (frames - 1) * 20_000_000L;
  }

  @Test
  void noiseThatEndsHereLeavesAGapInTimeAlone() {
    join(AudioCodec.PCMU, AudioCodec.OPUS);
    Talker talker = new Talker(AudioCodec.PCMU);
    pair.a.receiveRtp(talker.next());
    for (int i = 0; i < 5; i++) {
      pause(talker, 10);
    }
    pair.a.receiveRtp(talker.next());
    assertTwoSent(51 * 960);
  }

  @Test
  void noiseThatPassesIsOneStreamWithTheAudio() {
    PayloadMap map = PayloadMap.of(Map.of(NOISE, NOISE), Map.of(IN, 8000, NOISE, 8000));
    Map<Integer, AudioCodec> from = Map.of(IN, AudioCodec.PCMU);
    map.transcoding(
        new Transcoding(
            from, Set.of(NOISE), AudioCodec.PCMA, OUT, 20, OpusTerms.REPEATING, limit.seat()));
    pair.join(map, PayloadMap.of(Map.of()));
    Talker talker = new Talker(AudioCodec.PCMU);
    List<Integer> frames = new ArrayList<>();
    for (int word = 0; word < 5; word++) {
      for (int i = 0; i < 8; i++) {
        frames.add(talker.said);
        pair.a.receiveRtp(talker.next());
      }
      frames.add(talker.said);
      pause(talker, 4);
    }
    List<byte[]> heard = pair.b.rtp;
    assertThat(heard).hasSameSizeAs(frames);
    for (int i = 0; i < heard.size(); i++) {
      assertThat(Packets.payloadType(heard.get(i))).isEqualTo(i % 9 == 8 ? NOISE : OUT);
      assertThat(Bytes.u16(heard.get(i), 2) - Bytes.u16(heard.getFirst(), 2)).isEqualTo(i);
      assertThat(Bytes.u32(heard.get(i), 4) - Bytes.u32(heard.getFirst(), 4))
          .isEqualTo(160 * frames.get(i));
    }
  }

  @Test
  void aKeyThatIsToldElsewhereIsNotHeardAsLoss() {
    KeyRoute keys = new KeyRoute(Map.of(101, 8000), Map.of(), new KeyForm.Signalled());
    Map<Integer, AudioCodec> from = Map.of(IN, AudioCodec.PCMU);
    Transcoding how =
        new Transcoding(
            from, Set.of(101), AudioCodec.OPUS, OUT, 20, OpusTerms.REPEATING, limit.seat());
    PayloadMap map = PayloadMap.of(Map.of(), Map.of(IN, 8000), keys).transcoding(how);
    pair.join(map, PayloadMap.of(Map.of()));
    Talker talker = new Talker(AudioCodec.PCMU);
    pair.a.receiveRtp(talker.next());
    for (int i = 0; i < 10; i++) {
      byte[] event = talker.next();
      RtpView.setPayloadType(event, 0, 101, false);
      RtpView.setTimestamp(event, 0, 160);
      pair.a.receiveRtp(event);
    }
    pair.a.receiveRtp(talker.next());
    assertTwoSent(11 * 960);
  }

  /** Two packets were sent, so many units of their clock apart. */
  private void assertTwoSent(int apart) {
    assertThat(pair.b.rtp).hasSize(2);
    assertThat(Bytes.u32(pair.b.rtp.get(1), 4) - Bytes.u32(pair.b.rtp.get(0), 4)).isEqualTo(apart);
  }

  @Test
  void whatWasSaidToAPeerOnHoldIsNotMadeUpAfterwards() {
    join(AudioCodec.PCMU, AudioCodec.OPUS);
    Talker talker = new Talker(AudioCodec.PCMU);
    pair.a.receiveRtp(talker.next());
    pair.b.describe(false, true);
    for (int i = 0; i < 50; i++) {
      pair.a.receiveRtp(talker.next());
    }
    pair.b.describe(true, true);
    pair.a.receiveRtp(talker.next());
    assertTwoSent(51 * 960);
  }

  @Test
  void noMoreThanRealTimeIsEncoded() {
    join(AudioCodec.PCMU, AudioCodec.OPUS);
    Talker talker = new Talker(AudioCodec.PCMU);
    for (int i = 0; i < 500; i++) {
      byte[] packet = talker.next();
      pair.a.receiveRtp(packet);
      pair.now -= 20_000_000L;
    }
    assertThat(pair.b.rtp).hasSizeLessThanOrEqualTo(75);
  }

  @Test
  void aCallBeyondTheLimitIsNotTranscoded() {
    assertThat(limit.seat().take()).isTrue();
    join(AudioCodec.PCMU, AudioCodec.OPUS);
    pair.a.receiveRtp(new Talker(AudioCodec.PCMU).next());
    assertThat(pair.b.rtp).isEmpty();
    assertThat(limit.refused()).isEqualTo(1);
  }
}
