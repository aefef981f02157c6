package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.ChildProcess;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.Repository;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SbcPorts;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.SmallDisk;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.drawbridge.support.ToneMeter;
import org.drawbridge.support.Wav;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that cannot end as they should. */
@OnTestBed
final class RecordingTroubleTest {

  private static final Tone LOW = new Tone(440);
  private static final Tone HIGH = new Tone(1000);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Eight thousand samples of two bytes for each of two channels. */
  private static final int BYTES_PER_SECOND = 32_000;

  @TempDir Path files;

  private String routes() {
    return """
        - name: taped
          when: { to: "1002" }
          to: { registrar: true }
          record: "%s"
        """
        .formatted(files.resolve("recordings"));
  }

  private BaresipPhone connect(TestBed bed, SbcProcess sbc) {
    BaresipPhone callee = bed.newPhone("1002", HIGH);
    callee.register(SbcFiles.account("1002"), PhoneTransport.UDP, sbc.ports().sip(), AUTO);
    callee.awaitRegistered();
    BaresipPhone caller = bed.newPhone("1004", LOW);
    caller.register(SbcFiles.account("1004"), PhoneTransport.UDP, sbc.ports().sip(), MANUAL);
    caller.awaitRegistered();
    caller.dial("1002");
    caller.awaitEvent("CALL_ESTABLISHED");
    callee.awaitTone(LOW);
    return caller;
  }

  @Test
  void aKilledProcessLeavesARecordingThatPlaysToTheLastSecondOrSo(TestBed bed) throws IOException {
    SbcProcess sbc = bed.sbc("", routes());
    connect(bed, sbc);
    Path directory = files.resolve("recordings");
    Await.until("a recording", LIMIT, () -> Files.exists(directory) && size(directory) > 0);
    long before = System.nanoTime();
    long had = size(directory);
    Await.pause(Duration.ofSeconds(3));
    sbc.signal("KILL");
    double said = (System.nanoTime() - before) / 1e9 + (double) had / BYTES_PER_SECOND;

    Path file = only(directory);
    assertThat(seconds(file)).isBetween(said - 1.5, said + 1.5);
    assertThat(decoderComplains(file)).isEmpty();
    long samples = Wav.length(file);
    short[] end = Wav.samples(file, samples - 2 * 4000, samples);
    assertThat(ToneMeter.measure(channel(end, 0), Wav.sampleRate(file)).is(LOW)).isTrue();
    assertThat(ToneMeter.measure(channel(end, 1), Wav.sampleRate(file)).is(HIGH)).isTrue();
  }

  @Test
  void aFullDiskEndsTheRecordingAndNotTheCall(TestBed bed) throws IOException {
    SbcPorts ports = SbcPorts.free();
    Path home = bed.subdirectory("sbc");
    Path config = SbcFiles.write(home, ports, "", routes());
    Path directory = Files.createDirectory(files.resolve("recordings"));
    SmallDisk disk = new SmallDisk(directory, 64);
    SbcProcess sbc = bed.join(SbcProcess.start(home, config, ports, disk));
    BaresipPhone caller = connect(bed, sbc);
    Await.until(
        "failure counted",
        LIMIT,
        () -> sbc.ask("metrics").text(),
        text -> text.contains("drawbridge_recordings_failed_total{reason=\"write\"} 1"));

    assertThat(sbc.log()).containsPattern("recording .*\\.wav has stopped: .*No space left");
    caller.awaitTone(HIGH);
    assertThat(sbc.ask("calls").data().at("/calls").size()).isEqualTo(1);
    assertThat(sbc.ask("calls").text()).doesNotContain("recorded");
    recordsElsewhere(sbc);
    Path file =
        only(Path.of("/proc", Long.toString(sbc.pid()), "root").resolve(relative(directory)));
    assertThat(seconds(file)).isBetween(1.0, 2.1);
    assertThat(decoderComplains(file)).isEmpty();
    caller.hangUp();
    Await.until("no call", LIMIT, () -> sbc.ask("calls").data().at("/calls").isEmpty());
  }

  /** Whoever looks after it begins again on another disk. */
  private void recordsElsewhere(SbcProcess sbc) throws IOException {
    Path elsewhere = Files.createDirectory(files.resolve("elsewhere"));
    String call = sbc.ask("calls").data().at("/calls/0/call-id").asString();
    assertThat(sbc.ask("record", call, "--to", elsewhere.toString()).ok()).isTrue();
    assertThat(sbc.ask("calls").text()).contains(", recorded");
    Await.until("a recording there", LIMIT, () -> size(elsewhere) > 0);
  }

  private static Path relative(Path absolute) {
    return absolute.getRoot().relativize(absolute);
  }

  private static Path only(Path directory) throws IOException {
    try (var all = Files.list(directory)) {
      return all.findFirst().orElseThrow();
    }
  }

  private static long size(Path directory) {
    try (var all = Files.list(directory)) {
      Path file = all.findFirst().orElse(null);
      return file == null ? 0 : Files.size(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How long a file plays by what its header says. */
  private double seconds(Path wav) {
    return Double.parseDouble(
        said("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", wav));
  }

  private String decoderComplains(Path wav) {
    return said("ffmpeg", "-v", "error", "-i", wav, "-f", "null", "-");
  }

  private String said(Object... command) {
    List<String> words = Arrays.stream(command).map(Object::toString).toList();
    Path log = files.resolve("tool.log");
    try (ChildProcess tool = ChildProcess.start(Repository.root(), log, words)) {
      assertThat(tool.exitCode(LIMIT)).isZero();
      return tool.output().strip();
    }
  }

  private static short[] channel(short[] both, int which) {
    short[] one = new short[both.length / 2];
    for (int i = 0; i < one.length; i++) {
      one[i] = both[2 * i + which];
    }
    return one;
  }
}
