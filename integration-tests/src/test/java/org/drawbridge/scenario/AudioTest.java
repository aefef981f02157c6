package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.RtpParty;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.drawbridge.support.ToneMeter;
import org.drawbridge.support.Wav;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we say ourselves, and what we write down. */
@OnTestBed
final class AudioTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);
  private static final Tone MUSIC = new Tone(700);

  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  @TempDir Path files;

  private String routes() {
    Path music = MUSIC.write(files, 44_100, 3);
    return """
        - name: said
          when: { to: "600" }
          to: { service: announcement, file: "%s", answer: true, repeat: 5 }
        - name: refused
          when: { to: "601" }
          to: { service: announcement, tone: "600/2000", repeat: 2, status: 480 }
        - name: taped
          when: { to: "1002" }
          to: { registrar: true }
          record: "%s"
          hold-music: "%s"
        - name: soothed
          when: { to: "1003" }
          to: { registrar: true }
          hold-music: "%s"
        """
        .formatted(music, files.resolve("recordings"), music, music);
  }

  @Test
  void aBrowserHearsAFile(TestBed bed) {
    bed.sbc("", routes());
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("600");
    browser.awaitTone(MUSIC);
    browser.hangUp();
  }

  @Test
  void aPhoneHearsAToneBeforeItsCallIsRefused(TestBed bed) {
    bed.sbc("", routes());
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    phone.dial("601");
    phone.awaitTone(new Tone(600));
    assertThat(phone.awaitEvent("CALL_CLOSED")).contains("480");
    assertThat(phone.has("CALL_PROGRESS")).isTrue();
    assertThat(phone.has("CALL_ESTABLISHED")).isFalse();
  }

  @Test
  void bothSidesAreOnTheRecord(TestBed bed) throws IOException {
    bed.sbc("", routes());
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    long dialled = System.nanoTime();
    browser.call("1002");
    browser.awaitEvent("confirmed");
    long confirmed = System.nanoTime();
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);

    long hungUp = System.nanoTime();
    browser.hangUp();
    Duration over = Duration.ofNanos(System.nanoTime() - dialled);

    Path wav = recorded();
    Duration length = Duration.ofMillis(Wav.length(wav) / 2 * 1000 / Wav.sampleRate(wav));
    assertThat(length)
        .isBetween(Duration.ofNanos(hungUp - confirmed).minus(TOLERANCE), over.plus(TOLERANCE));
    assertBothAreOn(wav);
    assertThat(rights(wav)).isEqualTo("rw-------");
    assertThat(rights(wav.resolveSibling("."))).isEqualTo("rwx------");
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void assertBothAreOn(Path wav) {
    long samples = Wav.length(wav);
    short[] both = Wav.samples(wav, samples / 4 * 2, samples - 4000);
    assertThat(ToneMeter.measure(channel(both, 0), Wav.sampleRate(wav)).is(BROWSER)).isTrue();
    assertThat(ToneMeter.measure(channel(both, 1), Wav.sampleRate(wav)).is(PHONE)).isTrue();
  }

  private void recordByCommand(SbcProcess sbc) throws IOException {
    String call = sbc.ask("calls").data().at("/calls/0/call-id").asString();
    String directory = files.resolve("recordings").toString();
    assertThat(sbc.ask("record", call, "--to", directory).text()).contains("is recorded in");
    assertThat(sbc.ask("record", call).ok()).isFalse();
    assertThat(sbc.ask("calls").text()).contains(", recorded");
    Await.pause(Duration.ofSeconds(2));
    assertThat(sbc.ask("record", call, "--stop").ok()).isTrue();
    assertBothAreOn(recorded());
  }

  @Test
  void whoIsHeldByAPhoneHearsMusicUntilItResumesAndThePhoneInTurn(TestBed bed) {
    bed.sbc("", routes());
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitTone(PHONE);

    phone.hold();
    browser.awaitTone(MUSIC);

    phone.resume();
    browser.awaitTone(PHONE);

    browser.hold();
    browser.awaitSilence();
    phone.awaitAudioPackets();
    browser.hangUp();
  }

  @Test
  void betweenBrowsersAnOperatorRecordsAndWhoIsHeldHearsMusic(TestBed bed) throws IOException {
    bed.sbc("", routes());
    Browser held = bed.browser("1003", PHONE);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1003");
    held.awaitEvent("session");
    held.answer();
    held.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    recordByCommand(bed.sbc());

    browser.hold();
    held.awaitTone(MUSIC);

    browser.resume();
    held.awaitTone(BROWSER);
    browser.hangUp();
  }

  /** A phone that says each packet it gets: what stock phones hear cannot be measured in a hold. */
  @Test
  void aPhoneThatABrowserHoldsGetsMusic(TestBed bed) {
    bed.sbc("", routes());
    RawPhone held = bed.join(RawPhone.open("127.0.0.1", bed.sbc().ports().sip()));
    held.register(SbcFiles.account("1003"));
    RtpParty audio = bed.join(RtpParty.open("127.0.0.1"));
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1003");
    WireMessage invite = held.awaitRequest("INVITE");
    held.respond(invite, "200 OK", RawCall.sdp("127.0.0.1", audio.port()));
    audio.awaitTone(BROWSER);

    browser.hold();
    answer(held, "a=sendonly", audio.port(), "recvonly");
    audio.awaitTone(MUSIC);

    browser.hangUp();
  }

  /** Answers the latest INVITE once it is of this direction. */
  private static void answer(RawPhone phone, String offered, int port, String direction) {
    WireMessage invite =
        phone.await(
            offered + " INVITE",
            message -> message.isRequest("INVITE") && message.body().contains(offered));
    phone.respond(invite, "200 OK", RawCall.sdp("127.0.0.1", port) + "a=" + direction + "\r\n");
  }

  @Test
  void aDirectoryThatCannotBeWrittenHarmsNoCall(TestBed bed) throws IOException {
    Path taken = Files.createFile(files.resolve("taken"));
    bed.sbc("", routes().replace(files.resolve("recordings").toString(), taken.toString()));
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    phone.awaitTone(BROWSER);
    Await.until(
        "failure counted",
        Duration.ofSeconds(40),
        () -> bed.sbc().ask("metrics").text(),
        text -> text.contains("drawbridge_recordings_failed_total{reason=\"write\"} 1"));
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    browser.hangUp();
  }

  private static short[] channel(short[] both, int which) {
    short[] one = new short[both.length / 2];
    for (int i = 0; i < one.length; i++) {
      one[i] = both[2 * i + which];
    }
    return one;
  }

  private Path recorded() throws IOException {
    Path directory = files.resolve("recordings");
    Await.until(
        "the recording is complete",
        Duration.ofSeconds(40),
        () -> size(directory),
        size -> size > 44);
    try (var all = Files.list(directory)) {
      List<Path> found = all.toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  /** Bytes once it has stopped to grow, before that 0. */
  private static long size(Path directory) {
    try (var all = Files.list(directory)) {
      Path file = all.findFirst().orElseThrow();
      long before = Files.size(file);
      Thread.sleep(500);
      return Files.size(file) == before ? before : 0;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
