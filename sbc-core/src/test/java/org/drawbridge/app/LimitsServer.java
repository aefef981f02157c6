package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.drawbridge.app.running.AccountFiles;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.app.running.StartFailure;
import org.drawbridge.metrics.Counters;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.sip.flow.Transport;

/** The whole program in this process with bounds that are soon hit. */
final class LimitsServer implements AutoCloseable {

  private static final String PASSWORD = "secret";

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners:
        - { transport: udp, bind: "127.0.0.1:0" }
        - { transport: tcp, bind: "127.0.0.1:0" }
        - { transport: ws, bind: "127.0.0.1:0" }
      media: { bind: 127.0.0.1, advertise: 127.0.0.1, rtp-ports: 21100-21119, webrtc-port: 21120 }
      users: { file: DIRECTORY/users.yaml }
      registrar: { store: DIRECTORY/bindings.mv, contacts-per-account: 1 }
      limits: { message-size: 20KB, connections: 3, connections-per-address: 2, registrations: 2 }
      security: { auth-failures: { max: 2 } }
      control: { socket: none }
      web: { enabled: false }
      """;

  private final Sbc sbc;

  private LimitsServer(Sbc sbc) {
    this.sbc = sbc;
  }

  static LimitsServer start(Path directory) throws IOException, StartFailure {
    StringBuilder users = new StringBuilder("users:\n");
    for (String user : new String[] {"1001", "1002", "1003", "1004"}) {
      String hash = md5(user + ":example.com:" + PASSWORD);
      users.append("  \"%s\": { md5: %s }\n".formatted(user, hash));
    }
    Files.writeString(directory.resolve("users.yaml"), users);
    Path file = directory.resolve("sbc.yaml");
    Files.writeString(file, CONFIG.replace("DIRECTORY", directory.toString()));
    ConfigResult result = ConfigReader.read(file);
    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    var config = ((ConfigResult.Loaded) result).config();
    return new LimitsServer(Sbc.start(config, AccountFiles.load(config)));
  }

  Counters counters() {
    return sbc.counters();
  }

  InetSocketAddress address(Transport transport) {
    return sbc.listeners().stream()
        .filter(listener -> listener.settings().transport() == transport)
        .findFirst()
        .orElseThrow()
        .address();
  }

  TorturePeer open(Transport transport) throws Exception {
    return TorturePeer.open(transport, address(transport));
  }

  /** A request with further header lines, complete but for what they add. */
  static String request(String method, String uri, String more) {
    return method
        + " "
        + uri
        + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK"
        + System.identityHashCode(new Object())
        + "\r\nMax-Forwards: 70\r\nFrom: <sip:1001@example.com>;tag=1\r\nTo: <sip:1001@example.com>"
        + "\r\nCall-ID: "
        + System.identityHashCode(new Object())
        + "\r\nCSeq: 1 "
        + method
        + "\r\n"
        + more
        + "Content-Length: 0\r\n\r\n";
  }

  /** A REGISTER and, if it is challenged, the answer to that; returns the last response. */
  String register(TorturePeer peer, String user, String contact, String password) throws Exception {
    String plain =
        request("REGISTER", "sip:example.com", "Contact: <" + contact + ">\r\nExpires: 60\r\n")
            .replace("1001@example.com", user + "@example.com");
    String challenge = ask(peer, plain);
    int at = challenge.indexOf("nonce=\"");
    if (at < 0) {
      return challenge;
    }
    String nonce = challenge.substring(at + 7, challenge.indexOf('"', at + 7));
    String ha1 = md5(user + ":example.com:" + password);
    String response =
        md5(ha1 + ":" + nonce + ":00000001:abc:auth:" + md5("REGISTER:sip:example.com"));
    String answer =
        ("Authorization: Digest username=\"%s\", realm=\"example.com\", nonce=\"%s\","
                + " uri=\"sip:example.com\", response=\"%s\", algorithm=MD5, qop=auth,"
                + " nc=00000001, cnonce=\"abc\"\r\n")
            .formatted(user, nonce, response);
    return ask(
        peer,
        plain
            .replace("branch=z9hG4bK", "branch=z9hG4bKb")
            .replace("CSeq: 1", "CSeq: 2")
            .replace("Expires:", answer + "Expires:"));
  }

  /** Sends and returns the final response. */
  static String ask(TorturePeer peer, String request) throws Exception {
    peer.send(request.getBytes(StandardCharsets.UTF_8));
    String heard = peer.hear(30_000);
    return heard == null ? "nothing" : heard;
  }

  static InetAddress other() {
    return InetAddress.ofLiteral("127.0.0.2");
  }

  private static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    sbc.close();
  }
}
