package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.drawbridge.support.BaresipPhone.Answering;
import org.jspecify.annotations.Nullable;

/**
 * The parties of one test: an SBC and whoever the test asks for. All files lie in one directory
 * under target/scenario, and everybody is ended in reverse order when the test is over.
 */
public final class TestBed implements AutoCloseable {

  private static final int LINES_SHOWN = 120;

  private final Path directory;
  private final Deque<AutoCloseable> parties = new ArrayDeque<>();
  private @Nullable SbcProcess sbc;

  TestBed(Path directory) {
    this.directory = directory;
  }

  /** The SBC on its usual configuration; started at the first call. */
  public SbcProcess sbc() {
    return sbc == null ? sbc("", "") : sbc;
  }

  /** Starts the SBC with further keys and with routes before the usual ones. */
  public SbcProcess sbc(String more, String routes) {
    SbcPorts ports = SbcPorts.free();
    Path home = subdirectory("sbc");
    Path config = SbcFiles.write(home, ports, more, routes);
    SbcProcess started = join(SbcProcess.start(home, config, ports));
    sbc = started;
    return started;
  }

  /** Starts it from its jar with the JVM options of bin/sbc, on its usual configuration. */
  public SbcProcess shippedSbc() {
    SbcPorts ports = SbcPorts.free();
    Path home = subdirectory("sbc");
    Path config = SbcFiles.write(home, ports, "", "");
    SbcProcess started = join(SbcProcess.startShipped(home, config, ports));
    sbc = started;
    return started;
  }

  /** Kills the SBC as a power cut would, without a farewell, and starts it again. */
  public SbcProcess killAndRestartSbc() {
    SbcProcess started = join(sbc().killAndRestart());
    sbc = started;
    return started;
  }

  /** Starts the SBC on its usual configuration with UDP and WSS on ::1 too, and media there. */
  public SbcProcess dualStackSbc() {
    SbcPorts ports = SbcPorts.free();
    Path home = subdirectory("sbc");
    SbcProcess started = join(SbcProcess.start(home, SbcFiles.writeDualStack(home, ports), ports));
    sbc = started;
    return started;
  }

  /** A browser on the test page that has not registered. */
  public Browser visitor(String name, Tone tone) {
    return join(Browser.open(subdirectory("browser-" + name), tone));
  }

  /** A browser that has registered over WSS. */
  public Browser browser(String user, Tone tone) {
    String server = sbc().ports().wssUrl();
    Browser browser = visitor(user, tone);
    browser.registered(server, SbcFiles.account(user));
    return browser;
  }

  /** A desk phone that has no account yet. */
  public BaresipPhone newPhone(String name, Tone tone) {
    return newPhone(name, tone, SbcFiles.DOMAIN);
  }

  /** The same, dialling users of another domain. */
  public BaresipPhone newPhone(String name, Tone tone, String domain) {
    return join(BaresipPhone.start(subdirectory("phone-" + name), tone, domain));
  }

  /** A desk phone that has registered. */
  public BaresipPhone phone(String user, Tone tone, PhoneTransport via, Answering answering) {
    int port = sbc().ports().of(via);
    BaresipPhone phone = newPhone(user, tone);
    phone.register(SbcFiles.account(user), via, port, answering);
    phone.awaitRegistered();
    return phone;
  }

  /** A phone that answers for a user on a SIP port of 127.0.0.1 without registering anywhere. */
  public BaresipPhone carrier(String user, Tone tone, int sipPort) {
    BaresipPhone phone = join(BaresipPhone.listening(subdirectory("carrier"), tone, sipPort));
    phone.callsDirectly(user);
    return phone;
  }

  /** Starts SIPp; see {@link Sipp#start}. */
  public Sipp sipp(Sipp.Plan plan, SipAccount account, String service) {
    return join(Sipp.start(subdirectory("sipp"), plan, account, service));
  }

  /** Starts SIPp to count many calls of no account, so many of them in a second. */
  public Sipp sipp(Sipp.Plan plan, String service, int rate) {
    SipAccount nobody = new SipAccount("nobody", SbcFiles.DOMAIN, "none");
    return join(Sipp.startCounting(subdirectory("sipp"), plan, nobody, service, rate));
  }

  /** Lets a party of any other kind be ended with the rest. */
  public <T extends AutoCloseable> T join(T party) {
    parties.push(party);
    return party;
  }

  /** A directory for the files of one party. */
  public Path subdirectory(String name) {
    try {
      return Files.createDirectories(directory.resolve(name)).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of each party's log, for the report of a failed test. */
  String logs() {
    StringBuilder report = new StringBuilder("Everything lies in " + directory + "\n");
    try (Stream<Path> files = Files.walk(directory, 2)) {
      for (Path file : files.filter(TestBed::isLog).sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        int first = Math.max(0, lines.size() - LINES_SHOWN);
        report.append("---- ").append(directory.relativize(file)).append('\n');
        lines.subList(first, lines.size()).forEach(line -> report.append(line).append('\n'));
      }
    } catch (IOException e) {
      report.append(e);
    }
    return report.toString();
  }

  private static boolean isLog(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".log") && !name.equals("chromedriver.log");
  }

  @Override
  public void close() throws Exception {
    Exception first = null;
    while (!parties.isEmpty()) {
      try {
        parties.pop().close();
      } catch (Exception e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
