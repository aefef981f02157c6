package org.drawbridge.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.app.running.StartFailure;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.routing.user.NewAccount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code sbc rehearse}: starts Drawbridge on loopback ports that are free, registers and calls
 * through it, does a browser's handshakes, and stops. The launcher lets the JVM watch this once
 * after a build, so that later starts find their classes loaded and know which methods are worth
 * compiling (JEP 483, JEP 515).
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Start on loopback, place calls to ourselves, and stop.")
final class RehearseCommand implements Callable<Integer> {

  private static final String DOMAIN = "rehearsal.invalid";

  @Option(names = "--calls", defaultValue = "300", description = "How many calls to place.")
  private int calls;

  @Option(
      names = "--folder",
      required = true,
      description = "Where a certificate and a store may be made; nothing there is kept.")
  private Path folder = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      rehearse();
      return 0;
    } catch (IOException | StartFailure e) {
      err.println("the rehearsal failed: " + e.getMessage());
      err.flush();
      return 1;
    }
  }

  private void rehearse() throws IOException, StartFailure {
    NewAccount account = NewAccount.generate(1, 1001, DOMAIN, new SecureRandom()).getFirst();
    ConfiguredAccounts accounts =
        new ConfiguredAccounts(List.of(DOMAIN), List.of(account.account()));
    TrunkCredentials credentials = new TrunkCredentials("1001", account.password());
    try (Sbc sbc = Sbc.start(config(), accounts);
        RehearsedPhone phone =
            new RehearsedPhone(sbc.listeners().getFirst().address(), "1001", DOMAIN, credentials)) {
      RehearsedBrowser browser = new RehearsedBrowser();
      for (int i = 0; i < calls; i++) {
        phone.register();
        phone.callEcho();
        browser.connect();
      }
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private SbcConfig config() throws IOException {
    String text =
        """
        domains: [%s]
        listeners:
          - { transport: udp, bind: "127.0.0.1:0" }
          - { transport: tcp, bind: "127.0.0.1:0" }
          - { transport: wss, bind: "127.0.0.1:0", certificate: "%s" }
        media: { bind: 127.0.0.1, webrtc-port: %d, rtp-ports: 20000-29999 }
        registrar: { store: "%s" }
        logging: { level: warn }
        """
            .formatted(
                DOMAIN, folder.resolve("server.pem"), freePort(), folder.resolve("bindings.mv"));
    return switch (ConfigReader.parse(text, "rehearsal", _ -> null)) {
      case ConfigResult.Loaded loaded -> loaded.config();
      case ConfigResult.Refused(var problems) ->
          throw new IllegalStateException(problems.toString());
    };
  }
}
