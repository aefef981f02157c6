package org.drawbridge.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioDecoder;
import org.drawbridge.media.audio.AudioEncoder;
import org.drawbridge.support.ChildProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our G.722 and ffmpeg's understand each other. */
final class G722Test {

  private static final int RATE = 16_000;
  private static final int FRAME = RATE / 50;
  private static final int MOST_DELAY = 64;

  /** Of G.722 at 64 kbit/s with a voice-like sound, by a good margin. */
  private static final double DECIBELS = 15;

  private static final List<String> PCM = List.of("-f", "s16le", "-ar", "16000", "-ac", "1");
  private static final List<String> G722 = List.of("-f", "g722");

  @TempDir private Path files = Path.of(".");

  /** Four moving tones under a syllable's rise and fall, and some noise. */
  private static short[] sound() {
    Random random = new Random(7);
    short[] pcm = new short[2 * RATE];
    for (int i = 0; i < pcm.length; i++) {
      double seconds = (double) i / RATE;
      double sum = 0;
      for (int part = 1; part <= 4; part++) {
        sum += Math.sin(2 * Math.PI * part * (180 + 40 * Math.sin(3 * seconds)) * seconds) / part;
      }
      double loudness = 0.5 + 0.5 * Math.sin(2 * Math.PI * 4 * seconds);
      pcm[i] = (short) (5000 * loudness * sum + 60 * random.nextGaussian());
    }
    return pcm;
  }

  private static byte[] encoded(short[] pcm) {
    AudioEncoder encoder = AudioCodec.G722.newEncoder(RATE);
    byte[] out = new byte[pcm.length / 2];
    for (int at = 0; at < pcm.length; at += FRAME) {
      encoder.encode(pcm, at, FRAME, out, at / 2);
    }
    return out;
  }

  private static short[] decoded(byte[] payload) {
    AudioDecoder decoder = AudioCodec.G722.newDecoder(RATE);
    short[] out = new short[payload.length * 2];
    short[] frame = new short[AudioCodec.roomAt(RATE)];
    for (int at = 0; at + FRAME / 2 <= payload.length; at += FRAME / 2) {
      int count = decoder.decode(payload, at, FRAME / 2, frame);
      System.arraycopy(frame, 0, out, at * 2, count);
    }
    return out;
  }

  private byte[] ffmpeg(List<String> in, byte[] input, List<String> out) throws IOException {
    Path from = Files.write(files.resolve("in"), input);
    Path to = files.resolve("out");
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    command.addAll(in);
    command.addAll(List.of("-i", from.toString()));
    command.addAll(out);
    command.add(to.toString());
    try (ChildProcess process = ChildProcess.start(files, files.resolve("ffmpeg.log"), command)) {
      assertThat(process.exitCode(Duration.ofSeconds(60))).as(process.output()).isZero();
    }
    return Files.readAllBytes(to);
  }

  private static byte[] bytes(short[] pcm) {
    ByteBuffer out = ByteBuffer.allocate(pcm.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    out.asShortBuffer().put(pcm);
    return out.array();
  }

  private static short[] samples(byte[] bytes) {
    short[] pcm = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
    return pcm;
  }

  /** How far a sound stands above its difference from a copy, at the best delay, in dB. */
  private static double snr(short[] sound, short[] copy) {
    double best = Double.NEGATIVE_INFINITY;
    for (int delay = 0; delay <= MOST_DELAY; delay++) {
      double power = 0;
      double noise = 1;
      for (int i = RATE / 10; i + delay < Math.min(copy.length, sound.length); i++) {
        double error = sound[i] - copy[i + delay];
        power += (double) sound[i] * sound[i];
        noise += error * error;
      }
      best = Math.max(best, 10 * Math.log10(power / noise));
    }
    return best;
  }

  @Test
  void itDecodesWhatWeEncode() throws IOException {
    short[] sound = sound();
    byte[] payload = encoded(sound);
    short[] theirs = samples(ffmpeg(G722, payload, PCM));
    assertThat(snr(sound, theirs)).isGreaterThan(DECIBELS);
    assertThat(snr(decoded(payload), theirs)).as("two decoders of one payload").isGreaterThan(40);
  }

  @Test
  void weDecodeWhatItEncodes() throws IOException {
    short[] sound = sound();
    byte[] payload = ffmpeg(PCM, bytes(sound), G722);
    byte[] whole = Arrays.copyOf(payload, payload.length / 160 * 160);
    assertThat(snr(sound, decoded(whole))).isGreaterThan(DECIBELS);
  }
}
