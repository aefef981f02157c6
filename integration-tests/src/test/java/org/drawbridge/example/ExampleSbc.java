package org.drawbridge.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.app.running.StartFailure;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.AccountsLoader;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.user.UsersResult;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.Repository;
import org.drawbridge.support.SbcPorts;
import org.drawbridge.support.SipAccount;

/** The SBC on a file of config/examples, in the process of the test. */
final class ExampleSbc implements AutoCloseable {

  private static final int WEBRTC_PORTS = 8;

  private final Sbc sbc;

  private ExampleSbc(Sbc sbc) {
    this.sbc = sbc;
  }

  /** The directory of the examples. */
  static Path directory() {
    return Repository.root().resolve("config/examples");
  }

  /** What the environment has for the examples. */
  static String environment(String name) {
    return "a-value-of-" + name;
  }

  /**
   * Starts on an example.
   *
   * @param name the file without its ending
   * @param changes what stands in the file, and what is to stand there in the test
   */
  static ExampleSbc start(String name, Map<String, String> changes, List<SipAccount> accounts) {
    try {
      Path home = Files.createDirectories(Path.of("target/scenario/examples", name));
      Files.writeString(home.resolve("users.yaml"), users(accounts));
      String text = Files.readString(directory().resolve(name + ".yaml"));
      for (Map.Entry<String, String> change : changes.entrySet()) {
        assertThat(text).contains(change.getKey());
        text = text.replace(change.getKey(), change.getValue());
      }
      Path file = Files.writeString(home.resolve("sbc.yaml"), local(text, home.toAbsolutePath()));
      return new ExampleSbc(start(read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On loopback, on free ports, with its files where the test has its own. */
  private static String local(String text, Path home) {
    int rtp = FreePorts.block(SbcPorts.RTP_PORTS + WEBRTC_PORTS);
    String store = "registrar: { store: none";
    String local =
        text.replaceAll("0[.]0[.]0[.]0:[0-9]+", "127.0.0.1:0")
            .replace("tls/server.pem", home + "/server.pem")
            .replace("config/users.yaml", home + "/users.yaml")
            .replace("config/examples/", directory() + "/")
            .replace("\nregistrar: {", "\n" + store + ",");
    return local
        + (local.contains(store) ? "" : "\n" + store + " }")
        + "\nweb: { enabled: false }\nmedia: { bind: 127.0.0.1, advertise: 127.0.0.1, rtp-ports: "
        + rtp
        + "-"
        + (rtp + SbcPorts.RTP_PORTS - 1)
        + ", webrtc-port: "
        + (rtp + SbcPorts.RTP_PORTS)
        + " }\n";
  }

  private static SbcConfig read(Path file) {
    ConfigResult result = ConfigReader.read(file, ExampleSbc::environment);
    assertThat(result).as(result.toString()).isInstanceOf(ConfigResult.Loaded.class);
    return ((ConfigResult.Loaded) result).config();
  }

  private static Sbc start(SbcConfig config) {
    UsersResult users = AccountsLoader.load(config, ExampleSbc::environment);
    assertThat(users).as(users.toString()).isInstanceOf(UsersResult.Loaded.class);
    List<UserAccount> accounts = ((UsersResult.Loaded) users).accounts();
    try {
      return Sbc.start(config, new ConfiguredAccounts(config.domains(), accounts));
    } catch (StartFailure e) {
      throw new AssertionError(e);
    }
  }

  private static String users(List<SipAccount> accounts) {
    return accounts.stream()
        .map(
            account ->
                "  '%s@%s': { md5: %s }\n"
                    .formatted(account.user(), account.domain(), md5(account)))
        .collect(Collectors.joining("", accounts.isEmpty() ? "users: {}\n" : "users:\n", ""));
  }

  private static String md5(SipAccount account) {
    String secret = account.user() + ":" + account.domain() + ":" + account.password();
    try {
      byte[] hash =
          MessageDigest.getInstance("MD5").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /** The port of its first listener of a transport. */
  int port(Transport transport) {
    return sbc.listeners().stream()
        .filter(listener -> listener.settings().transport() == transport)
        .findFirst()
        .orElseThrow()
        .address()
        .getPort();
  }

  @Override
  public void close() {
    sbc.close();
  }
}
