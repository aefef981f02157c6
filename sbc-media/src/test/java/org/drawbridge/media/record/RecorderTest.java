package org.drawbridge.media.record;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.G711;
import org.drawbridge.media.rtp.RtpView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RecorderTest {

  @TempDir Path directory;

  private final AtomicLong nanos = new AtomicLong();
  private final Recorder recorder =
      new Recorder(InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z")), nanos::get, 10);

  private void say(Recording recording, int seq) {
    byte[] packet = new byte[RtpView.HEADER + 160];
    RtpView.write(packet, 8, seq, 160 * seq, 5);
    Arrays.fill(packet, RtpView.HEADER, packet.length, G711.A_LAW.encode((short) 800));
    recording.tap(Recording.LEFT).onRtp(packet, 0, packet.length, seq * 20_000_000L);
  }

  private void finish(Recording recording) {
    recording.end();
    while (recorder.active() > 0) {
      nanos.addAndGet(250_000_000L);
      Thread.onSpinWait();
    }
  }

  private Recording begin(Path where, String name) {
    Recording recording = requireNonNull(recorder.begin(where, name, 8000));
    recording.codecs(Map.of(8, AudioCodec.PCMA), Map.of());
    return recording;
  }

  @Test
  void aCallBecomesAFileThatOnlyItsOwnerMayRead() throws IOException {
    Path made = directory.resolve("made/here");
    Recording recording = begin(made, "abc@host; rm -rf \"/\"\r\nX: y");
    for (int i = 0; i < 5; i++) {
      say(recording, i);
    }
    nanos.set(100_000_000L);
    finish(recording);

    Path file;
    try (var files = Files.list(made)) {
      file = files.findFirst().orElseThrow();
    }
    assertThat(file.getFileName())
        .hasToString("20261121-100000-000-1-abc_host__rm_-rf______X__y.wav");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes.length).isEqualTo(44 + 800 * 4);
    assertThat(bytes[4] & 0xFF | (bytes[5] & 0xFF) << 8).isEqualTo(bytes.length - 8);
    assertThat(bytes[40] & 0xFF | (bytes[41] & 0xFF) << 8).isEqualTo(800 * 4);
    assertThat((short) (bytes[44] & 0xFF | bytes[45] << 8))
        .isEqualTo(G711.A_LAW.decode(G711.A_LAW.encode((short) 800)));
    assertThat(bytes[46]).isZero();
  }

  /** Samples of the left side in the only file. */
  private List<Short> left() throws IOException {
    Path file;
    try (var files = Files.list(directory)) {
      file = files.findFirst().orElseThrow();
    }
    ByteBuffer samples = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Short> left = new ArrayList<>();
    for (int at = 44; at < samples.limit(); at += 4) {
      left.add(samples.getShort(at));
    }
    return left;
  }

  @Test
  void whatWaitsForADiskThatStallsIsWrittenAfterwards() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    CountDownLatch stands = new CountDownLatch(1);
    Thread test = Thread.currentThread();
    Recorder slow =
        new Recorder(
            InstantSource.system(),
            () -> {
              if (Thread.currentThread() != test) {
                stands.countDown();
                await(goesOn);
              }
              return nanos.get();
            },
            1);
    Recording recording = requireNonNull(slow.begin(directory, "x", 8000));
    recording.codecs(Map.of(8, AudioCodec.PCMA), Map.of());
    stands.await();
    int seconds = 6;
    for (int i = 0; i < 50 * seconds; i++) {
      say(recording, i);
    }
    nanos.set(seconds * 1_000_000_000L);
    recording.end();
    goesOn.countDown();
    while (slow.active() > 0) {
      nanos.addAndGet(250_000_000L);
      Thread.onSpinWait();
    }
    assertThat(left()).hasSize(8000 * seconds).doesNotContain((short) 0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void paddingIsNotHeard() throws IOException {
    Recording recording = begin(directory, "x");
    byte[] packet = new byte[RtpView.HEADER + 200];
    RtpView.write(packet, 8, 1, 160, 5);
    packet[0] |= 0x20;
    Arrays.fill(packet, RtpView.HEADER, packet.length, G711.A_LAW.encode((short) 800));
    packet[packet.length - 1] = 40;
    recording.tap(Recording.LEFT).onRtp(packet, 0, packet.length, 0);
    nanos.set(30_000_000L);
    finish(recording);
    assertThat(left()).hasSize(240);
    assertThat(left().subList(0, 160)).doesNotContain((short) 0);
    assertThat(left().subList(160, 240)).containsOnly((short) 0);
  }

  @Test
  void aDiskThatTakesNothingEndsTheRecordingOnly() throws IOException {
    Path file = Files.createFile(directory.resolve("taken"));
    Recording recording = begin(file, "x");
    say(recording, 0);
    while (recorder.active() > 0) {
      nanos.addAndGet(250_000_000L);
      Thread.onSpinWait();
    }
    assertThat(recorder.failures()).isEqualTo(1);
    assertThat(recording.isEnded()).as("nobody has to end it").isTrue();
  }

  /** As whoever cleans up may do: what is written to such a file is lost without an error. */
  @Test
  void aFileThatSomebodyHasTakenAwayIsNotComplete() throws IOException {
    Recording recording = begin(directory, "x");
    say(recording, 0);
    while (isEmpty(directory)) {
      nanos.addAndGet(250_000_000L);
      Thread.onSpinWait();
    }
    try (var files = Files.list(directory)) {
      Files.delete(files.findFirst().orElseThrow());
    }
    assertThat(recorder.failures()).isZero();
    finish(recording);
    assertThat(recorder.failures()).isEqualTo(1);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  @Test
  void tooManyAtOnceAreRefusedAndCounted() {
    Recorder small = new Recorder(InstantSource.system(), System::nanoTime, 1);
    assertThat(small.begin(directory, "x", 8000)).isNotNull();
    assertThat(small.begin(directory, "y", 8000)).isNull();
    assertThat(small.refused()).isEqualTo(1);
    small.close();
    assertThat(small.active()).isZero();
  }

  @Test
  void whatIsUnderWayIsFinishedWhenTheProgramEnds() throws IOException {
    Recorder real = new Recorder(InstantSource.system(), System::nanoTime, 1);
    Recording recording = requireNonNull(real.begin(directory, "x", 8000));
    recording.codecs(Map.of(8, AudioCodec.PCMA), Map.of());
    say(recording, 0);
    real.close();
    assertThat(real.active()).isZero();
    try (var files = Files.list(directory)) {
      assertThat(files.findFirst()).get().satisfies(file -> assertThat(file).isNotEmptyFile());
    }
  }

  @Test
  void payloadsThatAreNoAudioAreNotQueued() {
    Recording recording = requireNonNull(recorder.begin(directory, "x", 8000));
    recording.codecs(Map.of(0, AudioCodec.PCMU), Map.of());
    say(recording, 0);
    finish(recording);
    assertThat(recorder.dropped()).isZero();
    assertThat(recorder.failures()).isZero();
  }
}
