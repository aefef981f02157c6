package org.drawbridge.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * SIPp on a scenario of ours; exit code 0 means that each call went as written. It sends back the
 * audio it gets.
 */
public final class Sipp implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** The address of the trunk; phones are on 127.0.0.1, so that one is not taken for the other. */
  public static final String TRUNK_ADDRESS = "127.0.0.2";

  private final ChildProcess process;
  private final Path errors;
  private final Path statistics;

  private Sipp(ChildProcess process, Path errors, Path statistics) {
    this.process = process;
    this.errors = errors;
    this.statistics = statistics;
  }

  /**
   * What to run.
   *
   * @param scenario name of a file in resources/sipp, without its ending
   * @param transport UDP or TCP
   * @param localAddress where it sends from and listens
   * @param localPort the same
   * @param remotePort the SBC's port on 127.0.0.1
   * @param calls how many calls
   * @param atOnce how many of them at the same time
   */
  public record Plan(
      String scenario,
      PhoneTransport transport,
      String localAddress,
      int localPort,
      int remotePort,
      int calls,
      int atOnce) {

    /** With two calls at a time. */
    public Plan(
        String scenario,
        PhoneTransport transport,
        String localAddress,
        int localPort,
        int remotePort,
        int calls) {
      this(scenario, transport, localAddress, localPort, remotePort, calls, 2);
    }
  }

  /** Starts a scenario on behalf of an account, aimed at a user (keyword service). */
  public static Sipp start(Path directory, Plan plan, SipAccount account, String service) {
    List<String> command = command(directory, plan, account, service);
    command.addAll(List.of("-r", "" + plan.atOnce(), "-rtp_echo"));
    command.addAll(List.of("-trace_msg", "-message_file", file(directory, plan, "-sip.log")));
    return start(directory, plan, command);
  }

  /**
   * Starts a scenario that writes down how many calls it had instead of what was said in them.
   *
   * @param rate calls it begins in a second
   */
  public static Sipp startCounting(
      Path directory, Plan plan, SipAccount account, String service, int rate) {
    List<String> command = command(directory, plan, account, service);
    command.addAll(List.of("-r", "" + rate));
    command.addAll(List.of("-trace_stat", "-fd", "1", "-stf", file(directory, plan, "-calls.csv")));
    return start(directory, plan, command);
  }

  private static Sipp start(Path directory, Plan plan, List<String> command) {
    Path log = Path.of(file(directory, plan, ".log"));
    ChildProcess process = ChildProcess.start(directory, log, command);
    Await.until(
        "sipp's port",
        LIMIT,
        () -> !process.isAlive() || FreePorts.isTaken(plan.localAddress(), plan.localPort()));
    return new Sipp(
        process,
        Path.of(file(directory, plan, "-errors.log")),
        Path.of(file(directory, plan, "-calls.csv")));
  }

  private static String file(Path directory, Plan plan, String suffix) {
    return directory.resolve(plan.scenario() + "-" + plan.localPort() + suffix).toString();
  }

  private static List<String> command(
      Path directory, Plan plan, SipAccount account, String service) {
    List<String> command = new ArrayList<>(List.of("sipp", "127.0.0.1:" + plan.remotePort()));
    command.addAll(List.of("-sf", copy(directory, plan.scenario()).toString()));
    command.addAll(List.of("-t", plan.transport() == PhoneTransport.UDP ? "u1" : "t1"));
    command.addAll(List.of("-i", plan.localAddress(), "-p", "" + plan.localPort()));
    command.addAll(List.of("-mi", plan.localAddress(), "-mp", "" + FreePorts.block(4)));
    command.addAll(List.of("-s", service, "-au", account.user(), "-ap", account.password()));
    command.addAll(List.of("-auth_uri", digestUri(plan, account, service)));
    command.addAll(List.of("-key", "user", account.user(), "-key", "domain", account.domain()));
    command.addAll(List.of("-m", "" + plan.calls(), "-l", "" + plan.atOnce()));
    command.addAll(List.of("-timeout", LIMIT.toSeconds() + "s", "-timeout_error", "-nostdin"));
    command.addAll(List.of("-trace_err", "-error_file", file(directory, plan, "-errors.log")));
    return command;
  }

  /** The Request-URI without its scheme; SIPp would take the SBC's address, which no phone does. */
  private static String digestUri(Plan plan, SipAccount account, String service) {
    return plan.scenario().equals("register") ? account.domain() : service + "@" + account.domain();
  }

  private static Path copy(Path directory, String scenario) {
    Path file = directory.resolve(scenario + ".xml");
    try (InputStream in = Sipp.class.getResourceAsStream("/sipp/" + scenario + ".xml")) {
      if (in == null) {
        throw new IllegalArgumentException("no such scenario: " + scenario);
      }
      Files.write(file, in.readAllBytes());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end and fails unless each call went as written. */
  public void awaitSuccess() {
    int code = process.exitCode(LIMIT.plusSeconds(5));
    if (code != 0) {
      throw new AssertionError("sipp ended with " + code + ": " + problems());
    }
  }

  /** Waits until all calls were made, whatever became of them. */
  public void awaitEnd() {
    process.exitCode(LIMIT.plusSeconds(5));
  }

  /** Calls that have gone as written so far, of one that counts; up to a second late. */
  public int calls() {
    try {
      List<String> lines = Files.exists(statistics) ? Files.readAllLines(statistics) : List.of();
      if (lines.size() < 2) {
        return 0;
      }
      int column = List.of(lines.getFirst().split(";")).indexOf("SuccessfulCall(C)");
      String[] values = lines.getLast().split(";");
      return column < values.length ? Integer.parseInt(values[column]) : 0; // half a line
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String problems() {
    try {
      return Files.exists(errors) ? Files.readString(errors) : process.output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
