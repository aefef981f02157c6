package org.drawbridge.app;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.app.control.ControlServer;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.value.FileWords;
import org.jspecify.annotations.Nullable;

/**
 * The control socket of a running program, if the configuration names one and it can be opened:
 * calls are served without it too. Thread-safe.
 */
final class ControlSocket implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(ControlSocket.class);

  private final @Nullable ControlServer server;
  private boolean failing;

  private ControlSocket(@Nullable ControlServer server) {
    this.server = server;
  }

  /** Opens it; what is in the way is logged. */
  static ControlSocket open(SbcConfig config, ControlCommands commands) {
    Path path = config.operation().socket();
    try {
      return new ControlSocket(path == null ? null : ControlServer.open(path, commands));
    } catch (IOException e) {
      LOG.warn("no control socket at {}: {}", path, FileWords.of(e));
      return new ControlSocket(null);
    }
  }

  /**
   * Makes it anew where somebody has deleted its file; what is in the way is logged once. To be
   * called now and then, by one thread.
   */
  void look() {
    try {
      if (server != null && server.restore()) {
        LOG.warn("the file of the control socket was gone: it is there again");
        failing = false;
      }
    } catch (IOException e) {
      if (!failing) {
        LOG.warn(
            "the file of the control socket is gone, and is not made anew: {}", FileWords.of(e));
      }
      failing = true;
    }
  }

  @Override
  public void close() {
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      LOG.warn("control socket: {}", e.getMessage());
    }
  }
}
