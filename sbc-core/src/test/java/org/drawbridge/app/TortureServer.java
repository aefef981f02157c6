package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.drawbridge.app.running.AccountFiles;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.app.running.StartFailure;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.sip.flow.Transport;

/** The whole program in this process, for example.com, on ports of 127.0.0.1 that were free. */
final class TortureServer implements AutoCloseable {
  private static final String CONFIG =
      """
      domains: [example.com]
      listeners:
        - { transport: udp, bind: "127.0.0.1:0" }
        - { transport: tcp, bind: "127.0.0.1:0" }
        - { transport: ws, bind: "127.0.0.1:0" }
      media:
        bind: 127.0.0.1
        advertise: 127.0.0.1
        rtp-ports: 21000-21019
        webrtc-port: 21020
      users: { file: DIRECTORY/users.yaml }
      registrar: { store: DIRECTORY/bindings.mv }
      web: { enabled: false }
      routes:
        - name: inside
          when: { to-domain: local }
          to: [ { registrar: true } ]
      """;

  private final Sbc sbc;

  private TortureServer(Sbc sbc) {
    this.sbc = sbc;
  }

  static TortureServer start(Path directory) {
    try {
      Files.writeString(
          directory.resolve("users.yaml"),
          "users:\n  alice: { md5: 0cf10cf10cf10cf10cf10cf10cf10cf1 }\n");
      Path file = directory.resolve("sbc.yaml");
      Files.writeString(file, CONFIG.replace("DIRECTORY", directory.toString()));
      ConfigResult result = ConfigReader.read(file);
      assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
      SbcConfig config = ((ConfigResult.Loaded) result).config();
      return new TortureServer(Sbc.start(config, AccountFiles.load(config)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (StartFailure e) {
      throw new AssertionError(e);
    }
  }

  InetSocketAddress address(Transport transport) {
    return sbc.listeners().stream()
        .filter(listener -> listener.settings().transport() == transport)
        .findFirst()
        .orElseThrow()
        .address();
  }

  @Override
  public void close() {
    sbc.close();
  }
}
