package org.drawbridge.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A softphone: Linphone, as its users run it, without a window. It plays its tone from a file and
 * records what it hears. It is told what to do on its standard input, and what it says there is all
 * that is known of it.
 */
public final class LinphonePhone implements Listener, AutoCloseable {

  private static final int SAMPLE_RATE = 8000;

  /** Longer than any test call. */
  private static final int TONE_SECONDS = 200;

  private static final Pattern KEY = Pattern.compile("Receiving tone (.) from");

  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final ChildProcess process;
  private final Path directory;
  private final String domain;

  /** Where in its output we look for what it does next. */
  private int mark;

  private LinphonePhone(ChildProcess process, Path directory, String domain) {
    this.process = process;
    this.directory = directory;
    this.domain = domain;
  }

  /** What it wants of media. */
  public enum Media {
    PLAIN,
    /** SRTP with keys in the SDP (RFC 4568). */
    SRTP,
    SRTP_AND_ICE;

    boolean isSecured() {
      return this != PLAIN;
    }

    boolean isWithIce() {
      return this == SRTP_AND_ICE;
    }
  }

  /** Starts one and waits until it has registered; all its files lie in the directory. */
  public static LinphonePhone start(
      Path directory,
      SipAccount account,
      PhoneTransport via,
      String server,
      Media media,
      Tone tone,
      Place place) {
    Path config = LinphoneConfig.write(directory, account, via, server, media);
    List<String> command =
        List.of(
            "env",
            "HOME=" + directory,
            // Nobody is there: it is to start no PulseAudio of its own.
            "PULSE_SERVER=tcp:127.0.0.1:9",
            "linphonec",
            "-c",
            config.toString());
    Path log = directory.resolve("linphone.log");
    LinphonePhone phone =
        new LinphonePhone(
            ChildProcess.withInput(directory, log, place.command(command)),
            directory,
            account.domain());
    try {
      Await.until(phone + " registers", LIMIT, phone::isRegistered);
      phone.tell("soundcard use files");
      phone.tell("play " + tone.write(directory, SAMPLE_RATE, TONE_SECONDS));
      phone.tell("record " + phone.recording());
      return phone;
    } catch (AssertionError e) {
      phone.close();
      throw e;
    }
  }

  /** It does not say so by itself. */
  private boolean isRegistered() {
    tell("status register");
    return "registered, identity="
        .equals(await("registered=[-0-9]+|registered, identity=").group());
  }

  private Path recording() {
    return directory.resolve("heard.wav");
  }

  /** Calls a user of its own domain and waits for the answer. */
  public void dial(String user) {
    tell("call sip:" + user + "@" + domain);
    await("Media streams established");
  }

  /** Waits for a call and takes it. */
  public void answer() {
    String id = await("Receiving new incoming call from .*, assigned id (\\d+)").group(1);
    tell("answer " + id);
    await("Media streams established");
  }

  public void hold() {
    tell("pause");
    await("is now paused");
  }

  public void resume() {
    tell("resume");
    await("Media streams established");
  }

  /** Sends one key. */
  public void press(char key) {
    tell(Character.toString(key));
  }

  /** Waits until so many keys of the other side have come, and returns all. */
  public String awaitKeys(int count) {
    return Await.until(this + " gets keys", LIMIT, this::keys, seen -> seen.length() >= count);
  }

  private String keys() {
    return KEY.matcher(process.output())
        .results()
        .map(found -> found.group(1))
        .reduce("", String::concat);
  }

  /** Sends whom it talks with to a user of its own domain, and waits until they are there. */
  public void transfer(String user) {
    tell("transfer sip:" + user + "@" + domain);
    await("has been transfered");
    awaitEnd();
  }

  public void hangUp() {
    tell("terminate");
    awaitEnd();
  }

  /** Waits until its call is over. */
  public void awaitEnd() {
    await("Call \\d+ with .* ended");
  }

  private void tell(String line) {
    mark = process.output().length();
    process.say(line);
  }

  /** Waits until it has said something since it was last told something. */
  private Matcher await(String words) {
    Pattern pattern = Pattern.compile(words);
    return Await.until(
        this + " says " + words,
        LIMIT,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("Linphone has ended: " + process.output());
          }
          return pattern.matcher(process.output().substring(mark));
        },
        Matcher::find);
  }

  @Override
  public Heard hears(Duration window) {
    long from = heardSoFar();
    Await.pause(window);
    long to = heardSoFar();
    boolean mostlyThere = (to - from) * 1000L >= SAMPLE_RATE * window.toMillis() / 2;
    return mostlyThere
        ? ToneMeter.measure(Wav.samples(recording(), from, to), SAMPLE_RATE)
        : Heard.NOTHING;
  }

  private long heardSoFar() {
    return Files.exists(recording()) ? Wav.length(recording()) : 0;
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }

  @Override
  public void close() {
    process.say("quit");
    process.close();
  }
}
