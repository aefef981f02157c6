package org.drawbridge.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A phone whose WebRTC is aiortc, as in bots and gateways written in Python, over SIP on a
 * WebSocket or behind a trunk. It plays its tone, records what it hears and takes every call.
 */
public final class AiortcPhone implements Listener, AutoCloseable {

  /** Each is made of those before it. */
  private static final List<String> SCRIPTS = List.of("phone.py", "lite.py", "trunk.py");

  private static final int SAMPLE_RATE = 8000;

  /** Longer than any test call. */
  private static final int TONE_SECONDS = 200;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final Place place;
  private final Path directory;
  private final int port;

  /** What part it takes in ICE (RFC 8445 section 2.5). */
  public enum IceAgent {
    FULL,
    /** It answers checks, sends none, and says nothing before it has been checked. */
    LITE,
    /** As a lite one, but its descriptions do not say so. */
    SILENT
  }

  private AiortcPhone(ChildProcess process, Place place, Path directory, int port) {
    this.process = process;
    this.place = place;
    this.directory = directory;
    this.port = port;
  }

  /** Starts one and waits until it has registered; all its files lie in the directory. */
  public static AiortcPhone start(
      Path directory, SipAccount account, String server, Tone tone, Place place) {
    return start(directory, "phone.py", List.of(), account, server, tone, place);
  }

  /** Starts a lite one in the same way, all on 127.0.0.1. */
  public static AiortcPhone lite(Path directory, SipAccount account, String server, Tone tone) {
    return start(directory, "lite.py", List.of(), account, server, tone, Place.LOOPBACK);
  }

  /** Starts one behind a trunk, as {@link #unregistered}. */
  public static AiortcPhone behindTrunk(
      Path directory, String user, String own, IceAgent ice, int sbcPort, Tone tone) {
    SipAccount nobody = new SipAccount(user, SbcFiles.DOMAIN, "none");
    return unregistered(directory, nobody, own, ice, sbcPort, tone);
  }

  /**
   * Starts one that does not register, with SIP over UDP on a loopback address and port, its media
   * on that address, and an SBC at a port of 127.0.0.1.
   */
  public static AiortcPhone unregistered(
      Path directory, SipAccount account, String own, IceAgent ice, int sbcPort, Tone tone) {
    List<String> more = List.of(own, ice.name().toLowerCase(Locale.ROOT));
    String server = "127.0.0.1:" + sbcPort;
    return start(directory, "trunk.py", more, account, server, tone, Place.LOOPBACK);
  }

  private static AiortcPhone start(
      Path directory,
      String script,
      List<String> more,
      SipAccount account,
      String server,
      Tone tone,
      Place place) {
    int port = FreePorts.one();
    SCRIPTS.forEach(name -> copy(name, directory));
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/usr/bin/python3", directory.resolve(script).toString()));
    command.addAll(List.of(server, account.user(), account.domain(), account.password()));
    command.add(tone.write(directory, SAMPLE_RATE, TONE_SECONDS).toString());
    command.addAll(List.of(heard(directory).toString(), Integer.toString(port)));
    command.addAll(more);
    Path log = directory.resolve("aiortc.log");
    AiortcPhone phone =
        new AiortcPhone(
            ChildProcess.start(directory, log, place.command(command)), place, directory, port);
    try {
      Await.until("aiortc is there", LIMIT, () -> place.within(phone::listens));
      return phone;
    } catch (AssertionError e) {
      phone.close();
      throw new AssertionError(e.getMessage() + "; it said:\n" + phone.process.output(), e);
    }
  }

  private static void copy(String script, Path directory) {
    try (InputStream in = AiortcPhone.class.getResourceAsStream("/aiortc/" + script)) {
      Files.write(directory.resolve(script), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path heard(Path directory) {
    return directory.resolve("heard.wav");
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("aiortc has ended");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Calls a user of its own domain and waits for the answer. */
  public void dial(String user) {
    command("dial " + user);
  }

  /** The same with a camera and a data channel beside the audio. */
  public void dialWithPictureAndData(String user) {
    command("dial " + user + " video data");
  }

  public void hold() {
    command("hold");
  }

  public void resume() {
    command("resume");
  }

  public void hangUp() {
    command("bye");
  }

  /** Behind a trunk: waits until ICE is done, which the far end has controlled. */
  public void awaitIceControlledByPeer() {
    Await.until(
        this + " has been checked and given a pair",
        LIMIT,
        process::output,
        output -> output.contains("ice completed, controlled"));
  }

  /** Waits until its call is over. */
  public void awaitEnd() {
    Await.until(this + " is in no call", LIMIT, () -> process.output().contains("ended"));
  }

  private void command(String line) {
    String reply = place.within(() -> reply(line));
    if (!"ok".equals(reply)) {
      throw new AssertionError("aiortc, told to " + line + ": " + reply);
    }
  }

  private String reply(String line) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Heard hears(Duration window) {
    Path heard = heard(directory);
    long from = Wav.length(heard);
    Await.pause(window);
    short[] samples = Wav.samples(heard, from, Wav.length(heard));
    boolean mostlyThere = samples.length * 1000L >= SAMPLE_RATE * window.toMillis() / 2;
    return mostlyThere ? ToneMeter.measure(samples, SAMPLE_RATE) : Heard.NOTHING;
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }

  @Override
  public void close() {
    process.close();
  }
}
