package org.drawbridge.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.drawbridge.app.control.ControlClient;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.control.ControlRequest;
import org.junit.jupiter.api.Assumptions;

/**
 * The SBC as a process of its own: what is tested is what is shipped, and its log is not mixed with
 * that of the test.
 */
public final class SbcProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  /** It says farewell to trunks and calls, each of which may have something to say to that. */
  private static final Duration END_LIMIT = Duration.ofSeconds(15);

  private final Path config;
  private final ChildProcess process;
  private final SbcPorts ports;
  private final Place place;

  private SbcProcess(Path config, ChildProcess process, SbcPorts ports, Place place) {
    this.place = place;
    this.config = config;
    this.process = process;
    this.ports = ports;
  }

  /** Starts on a configuration file and waits until all its TCP listeners take connections. */
  public static SbcProcess start(Path directory, Path config, SbcPorts ports) {
    return start(directory, config, ports, Place.LOOPBACK);
  }

  /** The same somewhere else. */
  public static SbcProcess start(Path directory, Path config, SbcPorts ports, Place place) {
    return start(config, ports, directory.resolve("sbc.log"), place);
  }

  /** The same from its jar, as bin/sbc runs it; the test is skipped where no jar was packaged. */
  static SbcProcess startShipped(Path directory, Path config, SbcPorts ports) {
    Assumptions.assumeTrue(Files.exists(SbcCommand.jar()), "mvn package makes " + SbcCommand.jar());
    Path log = directory.resolve("sbc.log");
    return start(config, ports, log, Place.LOOPBACK, SbcCommand.shipped(config));
  }

  private static SbcProcess start(Path config, SbcPorts ports, Path log, Place place) {
    return start(config, ports, log, place, SbcCommand.run(config));
  }

  private static SbcProcess start(
      Path config, SbcPorts ports, Path log, Place place, List<String> command) {
    ChildProcess process = ChildProcess.start(Repository.root(), log, place.command(command));
    SbcProcess sbc = new SbcProcess(config, process, ports, place);
    try {
      for (int port : List.of(ports.sip(), ports.tls(), ports.ws(), ports.wss())) {
        Await.until("SBC listener on port " + port, START_LIMIT, () -> sbc.accepts(port));
      }
      return sbc;
    } catch (AssertionError e) {
      sbc.close();
      throw new AssertionError(e.getMessage() + "; the SBC said:\n" + process.output(), e);
    }
  }

  /** Kills this one with {@code kill -9} and starts another on the same files and ports. */
  SbcProcess killAndRestart() {
    process.kill();
    return start(config, ports, config.resolveSibling("sbc-restarted.log"), place);
  }

  /** The configuration file it runs on; whoever changes it changes what is in force. */
  public Path config() {
    return config;
  }

  /**
   * Asks it at its control socket, as {@code bin/sbc} does; it is there a moment after the ports.
   */
  public ControlReply ask(String command, String... arguments) {
    ControlRequest request = new ControlRequest(command, List.of(arguments));
    return Await.until("control socket", START_LIMIT, () -> ask(request), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<ControlReply> ask(ControlRequest request) {
    try {
      return Optional.ofNullable(ControlClient.ask(SbcFiles.control(ports), request));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends it a signal, such as HUP. */
  public void signal(String name) {
    Path log = config.resolveSibling("kill.log");
    List<String> command = List.of("kill", "-" + name, Long.toString(process.pid()));
    try (ChildProcess kill = ChildProcess.start(Repository.root(), log, command)) {
      if (kill.exitCode(Duration.ofSeconds(30)) != 0) {
        throw new AssertionError(kill.output());
      }
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Waits until it has ended by itself and returns its exit code. */
  public int awaitEnd() {
    return process.exitCode(END_LIMIT);
  }

  /** Where it listens. */
  public SbcPorts ports() {
    return ports;
  }

  /** Everything it has logged so far. */
  public String log() {
    return process.output();
  }

  private boolean accepts(int port) {
    if (!process.isAlive()) {
      throw new AssertionError("the SBC has ended");
    }
    return place.within(() -> connects(port));
  }

  private boolean connects(int port) {
    try (Socket socket = new Socket(InetAddress.ofLiteral(place.address()), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.close(END_LIMIT);
  }
}
