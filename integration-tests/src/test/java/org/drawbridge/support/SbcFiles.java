package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The configuration and the accounts that the SBC under test is started on. */
public final class SbcFiles {

  /** The SIP domain of all tests; reserved, so that nobody can look it up (RFC 2606). */
  public static final String DOMAIN = "sbc.test";

  /**
   * Accounts of baresip 1.0 and SIPp 3.6: with an MD5 hash only, since both give up at a challenge
   * that offers SHA-256 beside MD5. The others have both hashes.
   */
  private static final Set<String> OLD_PHONES = Set.of("1002", "1004");

  private static final List<String> USERS = List.of("1001", "1002", "1003", "1004");

  private SbcFiles() {}

  /** An account that each SBC under test has: 1001 to 1004. */
  public static SipAccount account(String user) {
    return new SipAccount(user, DOMAIN, "secret-of-" + user);
  }

  /**
   * Writes what the SBC needs.
   *
   * @param more further top-level keys, such as trunks; may be empty, and may have domains in place
   *     of the usual one
   * @param routes list items that stand before the usual routes; may be empty
   * @return the configuration file
   */
  public static Path write(Path directory, SbcPorts ports, String more, String routes) {
    try {
      Files.writeString(directory.resolve("users.yaml"), users());
      Path file = directory.resolve("sbc.yaml");
      Files.writeString(file, domains(more) + config(directory, ports) + more + routing(routes));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with no further keys, UDP and WSS on ::1 too, and nothing said of media addresses. */
  public static Path writeDualStack(Path directory, SbcPorts ports) {
    Path file = write(directory, ports, "", "");
    String six =
        """
        listeners:
          - { transport: udp, bind: "[::1]:%d" }
          - { transport: wss, bind: "[::1]:%d", certificate: %s/server.pem }
        """
            .formatted(ports.sip(), ports.wss(), directory);
    try {
      String text = Files.readString(file);
      String changed =
          text.replace("listeners:\n", six).replaceAll("(?m)^  (bind|advertise): 127.0.0.1\n", "");
      Files.writeString(file, changed);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where an SBC on these ports takes commands: the system allows about 100 characters only. */
  static Path control(SbcPorts ports) {
    return Path.of(System.getProperty("java.io.tmpdir"), "drawbridge-" + ports.sip() + ".sock");
  }

  private static String domains(String more) {
    return more.startsWith("domains:") ? "" : "domains: [" + DOMAIN + "]\n";
  }

  private static String config(Path directory, SbcPorts ports) {
    return """
    listeners:
      - { transport: udp, bind: "127.0.0.1:%d" }
      - { transport: tcp, bind: "127.0.0.1:%d" }
      - { transport: tls, bind: "127.0.0.1:%d", certificate: %s/server.pem }
      - { transport: ws, bind: "127.0.0.1:%d" }
      - { transport: wss, bind: "127.0.0.1:%d", certificate: %s/server.pem }
    media:
      bind: 127.0.0.1
      advertise: 127.0.0.1
      rtp-ports: %d-%d
      webrtc-port: %d
    users: { file: %s/users.yaml }
    registrar: { store: %s/bindings.mv }
    control: { socket: %s }
    """
        .formatted(
            ports.sip(),
            ports.sip(),
            ports.tls(),
            directory,
            ports.ws(),
            ports.wss(),
            directory,
            ports.rtp(),
            ports.rtp() + SbcPorts.RTP_PORTS - 1,
            ports.webrtc(),
            directory,
            directory,
            control(ports));
  }

  private static String routing(String routes) {
    return """
    routes:
    %s
      - name: echo
        when: { to: echo, to-domain: local }
        to: [ { service: echo } ]
      - name: inside
        when: { to-domain: local }
        to: [ { registrar: true } ]
    """
        .formatted(routes.indent(2));
  }

  private static String users() {
    return USERS.stream().map(SbcFiles::userLines).collect(Collectors.joining("", "users:\n", ""));
  }

  private static String userLines(String user) {
    String secret = user + ":" + DOMAIN + ":" + account(user).password();
    String md5 = "  '%s@%s':\n    md5: '%s'\n".formatted(user, DOMAIN, hash("MD5", secret));
    return OLD_PHONES.contains(user)
        ? md5
        : md5 + "    sha256: '%s'\n".formatted(hash("SHA-256", secret));
  }

  private static String hash(String algorithm, String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
