package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A person at a browser: headless Chromium, or Firefox, on a page with stock JsSIP, a tone for a
 * voice.
 */
public final class Browser implements Listener, AutoCloseable {

  private static final Duration EVENT_LIMIT = Duration.ofSeconds(40);

  /** Pictures that must follow one another before they count as moving. */
  private static final int FRAMES = 5;

  private final Path directory;
  private final PageServer pages;
  private final Page page;

  private Browser(Path directory, PageServer pages, Page page) {
    this.directory = directory;
    this.pages = pages;
    this.page = page;
  }

  /** Opens a browser on the test page; its profile and logs lie in the directory. */
  public static Browser open(Path directory, Tone tone) {
    return open(directory, tone, Place.LOOPBACK);
  }

  /** The same somewhere else. */
  public static Browser open(Path directory, Tone tone, Place place) {
    return open(directory, place, Chromium.options(directory, tone));
  }

  /** One that hides its addresses from pages that may not use a microphone, as is the default. */
  public static Browser openHiding(Path directory, Tone tone) {
    return open(directory, Place.LOOPBACK, Chromium.hidingOptions(directory, tone));
  }

  private static Browser open(Path directory, Place place, ChromeOptions options) {
    PageServer pages = place.within(PageServer::start);
    return onTestPage(
        directory, pages, new ChromiumPage(Chromium.start(directory, options, place)));
  }

  /** Opens Firefox, which is not on loopback: it takes none for a candidate. */
  public static Browser openFirefox(Path directory, Tone tone, Place place) {
    PageServer pages = place.within(PageServer::start);
    return onTestPage(directory, pages, Firefox.start(directory, tone, place));
  }

  private static Browser onTestPage(Path directory, PageServer pages, Page page) {
    Browser browser = new Browser(directory, pages, page);
    try {
      browser.reload();
      return browser;
    } catch (RuntimeException e) {
      browser.close();
      throw e;
    }
  }

  /** The driver of Chromium, for tests that look at another page. */
  public ChromeDriver driver() {
    return ((ChromiumPage) page).driver();
  }

  /** Loads the test page anew: calls, registration and diary are gone as if a user pressed F5. */
  public void reload() {
    page.load(pages.url());
  }

  /** Connects to a ws or wss URL and starts to register. */
  public void register(String server, SipAccount account) {
    run("client.start(...arguments)", server, account.uri(), account.password());
  }

  /** The same and waits until it is registered. */
  public void registered(String server, SipAccount account) {
    register(server, account);
    awaitEvent("registered");
  }

  /** Shows the other party what a camera of this size sees, in calls from now on. */
  public void camera(int width, int height) {
    run("client.camera(...arguments)", width, height);
  }

  /** Shows it in the call there is, by a re-INVITE. */
  public void switchCameraOn(int width, int height) {
    evaluate("client.switchCameraOn(" + width + ", " + height + ")");
  }

  /** The video that comes in and goes out, by getStats(). */
  public Picture picture() {
    Map<?, ?> stats = evaluate("client.picture()");
    return new Picture(
        String.valueOf(stats.get("codec")),
        (long) number(stats, "framesDecoded"),
        (int) number(stats, "width"),
        (int) number(stats, "height"),
        (long) number(stats, "requests"),
        (long) number(stats, "keyFrames"));
  }

  /** Waits until pictures of a size come in, and more of them. */
  public void awaitPicture(int width, int height) {
    long before = picture().framesDecoded();
    Await.until(
        "moving picture of " + width + " by " + height,
        EVENT_LIMIT,
        this::picture,
        picture -> picture.isMoving(width, height, before + FRAMES));
  }

  /** Waits until no picture comes in any more. */
  public void awaitStill() {
    Await.until(
        "end of the pictures",
        EVENT_LIMIT,
        () -> number(evaluate("client.framesWithin(500)"), "frames"),
        frames -> frames == 0);
  }

  /** The m= lines of the description the SBC sent last. */
  public List<String> remoteMediaLines() {
    return lines("client.remoteMediaLines()");
  }

  /** The ICE candidates it has offered, as they stand in its description. */
  public List<String> candidates() {
    return lines("client.candidates()");
  }

  private List<String> lines(String script) {
    List<?> lines = (List<?>) run("return " + script);
    return lines.stream().map(String::valueOf).toList();
  }

  /** Speaks with a made voice in calls to come, and is not allowed to use a microphone. */
  public void speakWithoutMicrophone(Tone tone) {
    run("client.speakWithoutMicrophone(arguments[0])", tone.hertz());
  }

  /** Starts ICE anew in the call there is, by a re-INVITE; notes the event "renegotiated". */
  public void restartIce() {
    run("client.restartIce()");
  }

  /** Goes on with the call in another RTCPeerConnection, with another certificate. */
  public void changeConnection() {
    evaluate("client.changeConnection()");
  }

  /** Calls a user or URI with JsSIP's defaults. */
  public void call(String target) {
    run("client.call(arguments[0])", target);
  }

  /** Calls a user whose browser is another one, which answers. */
  public void talkTo(String user, Browser callee) {
    call(user);
    callee.awaitEvent("session");
    callee.answer();
    awaitEvent("confirmed");
    callee.awaitEvent("confirmed");
  }

  /** Calls without telling who calls (RFC 3323). */
  public void callAnonymously(String target) {
    run("client.call(arguments[0], { anonymous: true })", target);
  }

  /** The public or temporary GRUU the registrar gave to this page; empty if it gave none. */
  public String gruu(boolean temporary) {
    String name = temporary ? "temp_gruu" : "pub_gruu";
    return String.valueOf(run("return String(client.agent.contact[arguments[0]] ?? '')", name));
  }

  /** Answers the call that rings. */
  public void answer() {
    run("client.answer()");
  }

  /** Ends or cancels the current call. */
  public void hangUp() {
    run("client.session.terminate()");
  }

  /** Rejects the call that rings with a SIP status. */
  public void reject(int status) {
    run("client.session.terminate({ status_code: arguments[0] })", status);
  }

  public void hold() {
    run("client.session.hold()");
  }

  public void resume() {
    run("client.session.unhold()");
  }

  /** Connects the other party with a user (a REFER). */
  public void refer(String target) {
    run("client.refer(client.session, arguments[0])", target);
  }

  /** Connects the party of the first call with a user whom the latest call is with. */
  public void referToLatest(String target) {
    run("client.refer(client.sessions[0], arguments[0], { replaces: client.session })", target);
  }

  /** Sends digits as RFC 4733 events. */
  public void sendDtmf(String digits) {
    run("client.session.sendDTMF(arguments[0], { transportType: 'RFC2833' })", digits);
  }

  /** Sends digits as JsSIP does by default, in INFO requests. */
  public void sendDtmfAsInfo(String digits) {
    run("client.session.sendDTMF(arguments[0])", digits);
  }

  @Override
  public Heard hears(Duration window) {
    Map<?, ?> heard = evaluate("client.hears(" + window.toMillis() + ")");
    return new Heard(number(heard, "hertz"), number(heard, "decibels"));
  }

  /** The audio that comes in, by getStats(). */
  public InboundAudio inbound() {
    Map<?, ?> stats = evaluate("client.inbound()");
    return new InboundAudio(
        String.valueOf(stats.get("codec")),
        (long) number(stats, "packets"),
        String.valueOf(stats.get("srtp")),
        (long) number(stats, "remoteReports"));
  }

  /** What carries the audio: {@code udp} or {@code tcp}. */
  public String path() {
    return String.valueOf(evaluate("client.path()").get("protocol"));
  }

  /** The address from which its audio comes as the SBC sees it, its NAT's outer one. */
  public String address() {
    return String.valueOf(evaluate("client.path()").get("address"));
  }

  /** Describes a certificate that is not its own in all calls to come. */
  public void lieAboutTheCertificate() {
    run("client.lieAboutTheCertificate()");
  }

  /** Offers and answers audio in one codec alone, in all calls to come. */
  public void speakOnly(String codec) {
    run("client.speakOnly(arguments[0])", codec);
  }

  /** When the system tells of another network: connects, registers and starts ICE anew. */
  public void followNetworks() {
    run("client.followNetworks()");
  }

  /** Notes the event "heard" when a tone that it does not hear now comes. */
  public void listenFor(Tone tone) {
    run("client.listenFor(arguments[0])", tone.hertz());
  }

  /** Forgets what has happened so far. */
  public void forget() {
    run("client.diary.length = 0");
  }

  /** Waits until the other side has reported, by RTCP, on what this browser sends. */
  public InboundAudio awaitRemoteReport() {
    return Await.until(
        "RTCP report of the other side",
        EVENT_LIMIT,
        this::inbound,
        audio -> audio.remoteReports() > 0);
  }

  /** Waits until the other side has sent sender reports and answered those of this browser. */
  public RemoteReports awaitReports() {
    return Await.until(
        "sender reports of the other side, and a round trip",
        EVENT_LIMIT,
        this::reports,
        reports -> reports.reports() > 0 && reports.roundTrips() > 0);
  }

  private RemoteReports reports() {
    Map<?, ?> stats = evaluate("client.reports()");
    return new RemoteReports(
        (int) number(stats, "roundTrips"),
        number(stats, "roundTrip"),
        (int) number(stats, "reports"),
        (long) number(stats, "packetsSent"),
        (long) number(stats, "wallClock"));
  }

  /** What has happened on the page so far. */
  public Diary diary() {
    List<?> entries = (List<?>) run("return client.diary");
    return new Diary(entries.stream().map(entry -> entry((Map<?, ?>) entry)).toList());
  }

  /** Waits for an event, also one of the past, and returns the latest of that name. */
  public Diary.Entry awaitEvent(String name) {
    return awaitEvent(name, EVENT_LIMIT);
  }

  /** The same with a limit of one's own. */
  public Diary.Entry awaitEvent(String name, Duration limit) {
    try {
      return Await.until("event " + name, limit, () -> diary().latest(name), Optional::isPresent)
          .orElseThrow();
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; the browser noted " + diary(), e);
    }
  }

  private static Diary.Entry entry(Map<?, ?> noted) {
    Map<String, Object> facts =
        noted.entrySet().stream()
            .filter(fact -> fact.getValue() != null)
            .collect(Collectors.toMap(fact -> fact.getKey().toString(), Map.Entry::getValue));
    return new Diary.Entry(String.valueOf(noted.get("name")), facts);
  }

  private Object run(String script, Object... arguments) {
    Object result = page.run(script, arguments);
    return result == null ? "" : result;
  }

  private Map<?, ?> evaluate(String promise) {
    String script =
        "const done = arguments[arguments.length - 1];"
            + promise
            + ".then(done, (error) => done({ error: String(error) }));";
    Map<?, ?> result = (Map<?, ?>) page.runAsync(script);
    if (result == null || result.containsKey("error")) {
      throw new AssertionError(promise + " failed in the browser: " + result);
    }
    return result;
  }

  private static double number(Map<?, ?> values, String key) {
    return values.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Keeps what the page noted and logged, for the report of a failed test. */
  private void keepLogs() {
    try {
      Files.writeString(directory.resolve("console.log"), page.console());
      Files.writeString(
          directory.resolve("diary.log"),
          diary().entries().stream().map(Object::toString).collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (WebDriverException e) {
      // The page has no diary or the browser is gone; there is nothing to keep.
    }
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }

  @Override
  public void close() {
    keepLogs();
    page.close();
    pages.close();
  }
}
