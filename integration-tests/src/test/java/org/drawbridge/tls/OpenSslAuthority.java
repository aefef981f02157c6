package org.drawbridge.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.support.ChildProcess;

/**
 * An authority made by the openssl command.
 *
 * @param directory where its files are
 * @param name what it and its files are called
 */
public record OpenSslAuthority(Path directory, String name) {

  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** Makes a new one. */
  public static OpenSslAuthority found(Path directory, String name) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OpenSslAuthority authority = new OpenSslAuthority(directory.toAbsolutePath(), name);
    authority.request(name, "/CN=" + name, List.of("-x509"), name);
    return authority;
  }

  /** Its own certificate, in PEM. */
  public Path file() {
    return directory.resolve(name + ".crt");
  }

  /** Issues a certificate for these DNS names; the file has the key and the certificate. */
  public Path issue(String... names) {
    String who = name + "-" + names[0];
    String alternatives = "subjectAltName=DNS:" + String.join(",DNS:", names);
    List<String> signing =
        List.of("-x509", "-CA", file().toString(), "-CAkey", directory.resolve(name + ".key") + "");
    List<String> options = new ArrayList<>(signing);
    options.addAll(List.of("-addext", alternatives, "-addext", "basicConstraints=CA:FALSE"));
    request(who, "/CN=" + names[0], options, who);
    return join(who);
  }

  private void request(String who, String subject, List<String> options, String log) {
    List<String> command =
        new ArrayList<>(List.of("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt"));
    command.addAll(List.of("ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"));
    command.addAll(List.of("-subj", subject, "-keyout", who + ".key", "-out", who + ".crt"));
    command.addAll(options);
    try (ChildProcess openssl =
        ChildProcess.start(directory, directory.resolve(log + ".log"), command)) {
      if (openssl.exitCode(LIMIT) != 0) {
        throw new AssertionError(command + " said " + openssl.output());
      }
    }
  }

  private Path join(String who) {
    try {
      Path file = directory.resolve(who + ".pem");
      String key = Files.readString(directory.resolve(who + ".key"));
      return Files.writeString(file, key + Files.readString(directory.resolve(who + ".crt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
