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

  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** The address of the trunk; phones are on 127.0.0.1, so that one is not taken for the other. */
  public static final String TRUNK_ADDRESS = "127.0.0.2";

  private final ChildProcess process;
  private final Path errors;

  private Sipp(ChildProcess process, Path errors) {
    this.process = process;
    this.errors = errors;
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
    String name = plan.scenario() + "-" + plan.localPort();
    Path errors = directory.resolve(name + "-errors.log");
    List<String> command = new ArrayList<>(List.of("sipp", "127.0.0.1:" + plan.remotePort()));
    command.addAll(List.of("-sf", copy(directory, plan.scenario()).toString()));
    command.addAll(List.of("-t", plan.transport() == PhoneTransport.UDP ? "u1" : "t1"));
    command.addAll(List.of("-i", plan.localAddress(), "-p", "" + plan.localPort()));
    command.addAll(List.of("-mi", plan.localAddress(), "-mp", "" + FreePorts.block(4)));
    command.addAll(List.of("-s", service, "-au", account.user(), "-ap", account.password()));
    command.addAll(List.of("-auth_uri", digestUri(plan, account, service)));
    command.addAll(List.of("-key", "user", account.user(), "-key", "domain", account.domain()));
    command.addAll(
        List.of("-m", "" + plan.calls(), "-l", "" + plan.atOnce(), "-r", "" + plan.atOnce()));
    command.addAll(
        List.of("-timeout", LIMIT.toSeconds() + "s", "-timeout_error", "-nostdin", "-rtp_echo"));
    command.addAll(List.of("-trace_err", "-error_file", errors.toString()));
    command.addAll(List.of("-trace_msg", "-message_file", directory + "/" + name + "-sip.log"));
    Path log = directory.resolve(name + ".log");
    return new Sipp(ChildProcess.start(directory, log, command), errors);
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
