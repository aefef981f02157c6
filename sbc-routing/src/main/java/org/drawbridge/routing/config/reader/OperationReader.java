package org.drawbridge.routing.config.reader;

import java.nio.file.Path;
import java.util.Optional;
import org.drawbridge.routing.config.LoggingConfig;
import org.drawbridge.routing.config.LoggingConfig.Level;
import org.drawbridge.routing.config.OperationConfig;
import org.drawbridge.routing.value.HostPort;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code logging}, {@code control} and {@code metrics}. */
final class OperationReader {

  /** Where the control socket is unless the file says otherwise. */
  static final Path SOCKET = Path.of("data", "control.sock");

  private static final LoggingConfig LOGGING = new LoggingConfig(Level.INFO);

  private OperationReader() {}

  static OperationConfig read(Section section) {
    return new OperationConfig(
        section.section("logging", OperationReader::logging, LOGGING),
        section.section("control", OperationReader::control, Optional.of(SOCKET)).orElse(null),
        section
            .section("metrics", OperationReader::metrics, Optional.<HostPort>empty())
            .orElse(null));
  }

  private static LoggingConfig logging(Section section) {
    return new LoggingConfig(
        section.optional("level", Scalars.oneOf(Level.class), LOGGING.level()));
  }

  private static Optional<Path> control(Section section) {
    return section.optional("socket", OperationReader::socket, Optional.of(SOCKET));
  }

  private static @Nullable Optional<Path> socket(YamlValue value) {
    if ("none".equals(value.text())) {
      return Optional.empty();
    }
    Path path = Scalars.output(value);
    return path == null ? null : Optional.of(path);
  }

  private static Optional<HostPort> metrics(Section section) {
    return Optional.ofNullable(section.optional("bind", OperationReader::loopback));
  }

  /** Whoever may connect may read, so it is only for those on this machine. */
  private static @Nullable HostPort loopback(YamlValue value) {
    HostPort bind = NetworkScalars.hostPort(value);
    return bind == null || bind.address().isLoopbackAddress()
        ? bind
        : value.problem(
            "\""
                + value.written()
                + "\" can be reached by others: metrics are served on 127.0.0.1 or [::1] only");
  }
}
