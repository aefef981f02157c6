package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A desk phone: baresip, G.711 only unless told otherwise, which plays its tone and records what it
 * hears.
 */
public final class BaresipPhone implements Listener, AutoCloseable {

  /** In the audio statistics: seconds of audio received, by RTP timestamp. */
  private static final Pattern RECEIVED =
      Pattern.compile("rx:.*?time = ([0-9.]+) sec", Pattern.DOTALL);

  /** Pictures that must follow one another before they count as moving. */
  private static final int FRAMES = 5;

  private static final String G711 = "PCMU/8000/1,PCMA/8000/1";

  private static final Duration START_LIMIT = Duration.ofSeconds(40);

  private final ChildProcess process;
  private final BaresipControl control;
  private final Path directory;
  private final String domain;

  private BaresipPhone(
      ChildProcess process, BaresipControl control, Path directory, String domain) {
    this.process = process;
    this.control = control;
    this.directory = directory;
    this.domain = domain;
  }

  /** What a phone does with a call. */
  public enum Answering {
    MANUAL,
    AUTO;

    private String token() {
      return this == AUTO ? "auto" : "manual";
    }
  }

  /** How it protects media, and wants it protected. */
  public enum Encryption {
    /** Keys in the session description (RFC 4568). */
    SDES("srtp-mand"),
    /** Keys by DTLS, without ICE (RFC 5764). */
    DTLS("dtls_srtp");

    private final String token;

    Encryption(String token) {
      this.token = token;
    }

    private String token() {
      return token;
    }
  }

  /** Starts a phone that has no account yet; all its files lie in the directory. */
  public static BaresipPhone start(Path directory, Tone tone, String domain) {
    return start(directory, tone, domain, 0, Place.LOOPBACK);
  }

  /** The same with a camera of 352 by 288 pixels. */
  public static BaresipPhone withCamera(Path directory, Tone tone, String domain) {
    return start(directory, tone, domain, 0, Place.LOOPBACK, BaresipConfig::addCamera);
  }

  /** The same with what it needs to encrypt media. */
  public static BaresipPhone encrypting(Path directory, Tone tone, String domain) {
    return start(directory, tone, domain, 0, Place.LOOPBACK, BaresipConfig::addEncryption);
  }

  /** The same somewhere else. */
  public static BaresipPhone start(Path directory, Tone tone, String domain, Place place) {
    return start(directory, tone, domain, 0, place);
  }

  /** The same on a SIP port of one's choice, so that it can be called without a registrar. */
  public static BaresipPhone listening(Path directory, Tone tone, int sipPort) {
    return start(directory, tone, "127.0.0.1", sipPort, Place.LOOPBACK);
  }

  private static BaresipPhone start(
      Path directory, Tone tone, String domain, int sipPort, Place place) {
    return start(directory, tone, domain, sipPort, place, _ -> {});
  }

  private static BaresipPhone start(
      Path directory, Tone tone, String domain, int sipPort, Place place, Consumer<Path> more) {
    int port = FreePorts.one();
    BaresipConfig.write(directory, tone, place.address(), sipPort, port);
    more.accept(directory);
    ChildProcess process =
        ChildProcess.start(
            directory,
            directory.resolve("baresip.log"),
            place.command(List.of("baresip", "-4", "-v", "-s", "-f", directory.toString())));
    try {
      BaresipControl control = place.within(() -> connect(process, port));
      return new BaresipPhone(process, control, directory, domain);
    } catch (AssertionError e) {
      process.close();
      throw e;
    }
  }

  private static BaresipControl connect(ChildProcess process, int port) {
    return Await.until(
            "baresip's control port",
            START_LIMIT,
            () -> {
              try {
                return Optional.of(new BaresipControl(port));
              } catch (IOException e) {
                if (!process.isAlive()) {
                  throw new AssertionError("baresip did not start: " + process.output());
                }
                return Optional.<BaresipControl>empty();
              }
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** Adds an account and starts to register it at an outbound proxy on loopback. */
  public void register(SipAccount account, PhoneTransport via, int port, Answering answering) {
    register(account, via, "127.0.0.1:" + port, answering);
  }

  /** The same with other codecs, as baresip writes them. */
  public void register(SipAccount account, int port, String codecs, Answering answering) {
    register(account, PhoneTransport.UDP, "127.0.0.1:" + port, codecs, answering);
  }

  /** The same for media that must be protected in a way. */
  public void register(SipAccount account, int port, Encryption media, Answering answering) {
    String codecs = G711 + ";mediaenc=" + media.token();
    register(account, PhoneTransport.UDP, "127.0.0.1:" + port, codecs, answering);
  }

  /** The same at any address. */
  public void register(SipAccount account, PhoneTransport via, String to, Answering answering) {
    register(account, via, to, G711, answering);
  }

  private void register(
      SipAccount account, PhoneTransport via, String to, String codecs, Answering answering) {
    control.command(
        "uanew",
        "<%s;transport=%s>".formatted(account.uri(), via.token())
            + ";auth_user=%s;auth_pass=%s".formatted(account.user(), account.password())
            + ";outbound=\"sip:%s;transport=%s\"".formatted(to, via.token())
            + (";audio_codecs=" + codecs)
            + ";regint=60;answermode="
            + answering.token());
  }

  /** Adds an account that does not register. */
  public void callsDirectly(String user) {
    control.command("uanew", "<sip:%s@127.0.0.1>;regint=0;audio_codecs=%s".formatted(user, G711));
  }

  /** Waits until the registration has been accepted. */
  public void awaitRegistered() {
    awaitEvent("REGISTER_OK");
  }

  /** Calls a user of its own domain. */
  public void dial(String user) {
    control.command("dial", "sip:" + user + "@" + domain);
  }

  /** Takes the call that rings. */
  public void accept() {
    control.command("accept", "");
  }

  /** Ends, cancels or (486) rejects the current call. */
  public void hangUp() {
    control.command("hangup", "");
  }

  public void hold() {
    control.command("hold", "");
  }

  public void resume() {
    control.command("resume", "");
  }

  /** Sends digits as RFC 4733 events. */
  public void sendDtmf(String digits) {
    digits.chars().forEach(digit -> control.command("sndcode", Character.toString(digit)));
  }

  /** Waits for the first event of a type, also one of the past, and returns its detail. */
  public String awaitEvent(String type) {
    return Await.until("baresip event " + type, START_LIMIT, () -> find(type), Optional::isPresent)
        .orElseThrow()
        .detail();
  }

  /** Waits until something has happened so many times. */
  public void awaitCount(String type, int count) {
    Await.until(
        count + " baresip events " + type,
        START_LIMIT,
        () -> details(type).size(),
        seen -> seen >= count);
  }

  /** Whether something of this type has happened. */
  public boolean has(String type) {
    return find(type).isPresent();
  }

  /** The details of all events of a type, oldest first. */
  public List<String> details(String type) {
    return control.events().stream()
        .filter(event -> event.type().equals(type))
        .map(BaresipControl.Event::detail)
        .toList();
  }

  private Optional<BaresipControl.Event> find(String type) {
    return control.events().stream().filter(event -> event.type().equals(type)).findFirst();
  }

  @Override
  public Heard hears(Duration window) {
    long from = newestRecording().map(Wav::length).orElse(0L);
    Optional<Path> before = newestRecording();
    Await.pause(window);
    Optional<Path> file = newestRecording();
    if (file.isEmpty()) {
      return Heard.NOTHING;
    }
    long start = file.equals(before) ? from : 0;
    short[] samples = Wav.samples(file.get(), start, Wav.length(file.get()));
    int rate = Wav.sampleRate(file.get());
    boolean mostlyThere = samples.length * 1000L >= rate * window.toMillis() / 2;
    return mostlyThere ? ToneMeter.measure(samples, rate) : Heard.NOTHING;
  }

  /** All it has heard so far, 8000 samples a second. */
  public short[] heard() {
    return newestRecording()
        .map(file -> Wav.samples(file, 0, Wav.length(file)))
        .orElse(new short[0]);
  }

  /**
   * Waits until audio comes in at full rate. For after a hold: baresip 1.0 then plays what it gets
   * but does not record it any more, so that there is no tone to measure.
   */
  public void awaitAudioPackets() {
    Await.until(
        this + " receives audio without gaps",
        Duration.ofSeconds(40),
        () -> {
          double before = secondsReceived();
          Await.pause(Duration.ofSeconds(1));
          return secondsReceived() - before;
        },
        seconds -> seconds > 0.8);
  }

  /** Waits until pictures of a size are decoded and shown, and more of them. */
  public void awaitPicture(int width, int height) {
    Pattern shown =
        Pattern.compile("vidisp: fakevideo %d x %d frames=([0-9]+)".formatted(width, height));
    int before = framesShown(shown);
    Await.until(
        this + " shows moving pictures of " + width + " by " + height,
        Duration.ofSeconds(40),
        () -> framesShown(shown),
        frames -> frames > before + FRAMES);
  }

  private int framesShown(Pattern shown) {
    Matcher matcher = shown.matcher(control.command("video_debug", ""));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private double secondsReceived() {
    Matcher matcher = RECEIVED.matcher(control.command("audio_debug", ""));
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  private Optional<Path> newestRecording() {
    try (Stream<Path> files = Files.list(BaresipConfig.recordings(directory))) {
      return files
          .filter(file -> file.toString().endsWith("-dec.wav"))
          .max(Comparator.comparing(Path::toString));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }

  @Override
  public void close() {
    control.close();
    process.close();
  }
}
