package org.drawbridge.media.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.Clip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WAV files as they are kept for playing. */
class SoundLibraryTest {

  private static final int HEADER = 44;

  @TempDir Path directory = Path.of("none");

  private final SoundLibrary library = new SoundLibrary(Runnable::run);

  /** A second of A-law. */
  private Path file(int rate) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(HEADER + rate).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(HEADER - 8 + rate).put(ascii("WAVEfmt ")).putInt(16);
    out.putShort((short) 6).putShort((short) 1).putInt(rate).putInt(rate);
    out.putShort((short) 1).putShort((short) 8).put(ascii("data")).putInt(rate);
    return Files.write(directory.resolve(rate + ".wav"), out.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Clip load(Path file, AudioCodec codec) {
    return load(library, file, codec);
  }

  private static Clip load(SoundLibrary from, Path file, AudioCodec codec) {
    return switch (from.load(file, codec).join()) {
      case Sound.Loaded(Clip clip) -> clip;
      case Sound.Unusable(String reason) -> throw new AssertionError(reason);
    };
  }

  /** Half an hour of hold music for telephones would be 170 MB for each browser that is held. */
  @ParameterizedTest
  @CsvSource({"8000,8000", "11025,16000", "16000,16000", "44100,48000", "48000,48000"})
  void whatIsPlayedInOpusIsKeptNoLargerThanItNeedBe(int rate, int kept) throws IOException {
    Clip clip = load(file(rate), AudioCodec.OPUS);
    assertThat(clip.rate()).isEqualTo(kept);
    assertThat(clip.pcm()).hasSize(kept);
  }

  @ParameterizedTest
  @CsvSource({"PCMA,8000", "PCMU,8000", "G722,16000"})
  void otherCodecsGetTheirOwnRate(AudioCodec codec, int kept) throws IOException {
    assertThat(load(file(48_000), codec).rate()).isEqualTo(kept);
    assertThat(load(file(8000), codec).rate()).isEqualTo(kept);
  }

  /** Each who waits in a queue would have hundreds of megabytes of the same music. */
  @Test
  void aSoundTooLongToBeKeptIsSharedByAllWhoHearIt() throws IOException {
    SoundLibrary small = new SoundLibrary(Runnable::run, 8000);
    Path file = file(8000);
    Clip first = load(small, file, AudioCodec.PCMU);
    assertThat(load(small, file, AudioCodec.PCMA)).isSameAs(first);
  }

  @Test
  void aSoundTooLongToBeKeptPutsNoOthersOut() throws IOException {
    SoundLibrary small = new SoundLibrary(Runnable::run, 20_000);
    Path file = file(8000);
    Clip first = load(small, file, AudioCodec.PCMU);
    load(small, file(16_000), AudioCodec.G722);
    assertThat(small.keptBytes()).isEqualTo(2L * first.pcm().length);
  }

  @Test
  void aSoundIsReadOnceForAllWhoHearIt() throws IOException {
    Path file = file(8000);
    assertThat(load(file, AudioCodec.PCMU)).isSameAs(load(file, AudioCodec.PCMA));
  }

  /** The long one is a pipe, which is read until somebody has written it. */
  @Test
  void whatIsKeptIsPlayedWhileALongSoundIsRead() throws Exception {
    SoundLibrary shared =
        new SoundLibrary(task -> Thread.ofPlatform().daemon().start(task), 1 << 20);
    Path kept = file(8000);
    Clip clip = load(shared, kept, AudioCodec.PCMU);
    Path endless = directory.resolve("endless.wav");
    assertThat(new ProcessBuilder("mkfifo", endless.toString()).start().waitFor()).isZero();
    CompletableFuture<Sound> read = shared.load(endless, AudioCodec.PCMU);
    try (OutputStream beingRead = Files.newOutputStream(endless)) {
      assertThat(shared.load(kept, AudioCodec.PCMU))
          .succeedsWithin(Duration.ofSeconds(5))
          .isEqualTo(new Sound.Loaded(clip));
      beingRead.flush();
    }
    assertThat(read).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Sound.Unusable.class);
  }
}
