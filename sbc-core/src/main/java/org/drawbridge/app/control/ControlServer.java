package org.drawbridge.app.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Answers at a control socket, which only our own user may connect to. Thread-safe. */
public final class ControlServer implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.control");

  private static final int MAX_AT_ONCE = 16;

  /** How long a whole request may take to arrive, and how long its answer to be read. */
  private static final long PATIENCE_MILLIS = 5_000;

  private static final long REST_MILLIS = 1_000;

  private final Path path;
  private volatile ServerSocketChannel server;
  private final Function<ControlRequest, ControlReply> commands;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  private ControlServer(
      Path path, ServerSocketChannel server, Function<ControlRequest, ControlReply> commands) {
    this.path = path;
    this.server = server;
    this.commands = commands;
  }

  /**
   * Opens the socket and answers from now on. What a program that was killed left there is
   * replaced.
   *
   * @param commands called on a thread for each request; may block
   * @throws IOException if the socket cannot be made, or another program answers there
   */
  public static ControlServer open(Path path, Function<ControlRequest, ControlReply> commands)
      throws IOException {
    if (answers(path)) {
      throw new IOException("another Drawbridge is running there");
    }
    ControlServer control = new ControlServer(path, bind(path), commands);
    control.listen();
    return control;
  }

  private void listen() {
    ServerSocketChannel own = server;
    Thread.ofPlatform().daemon().name("control").start(() -> accept(own));
  }

  /**
   * Makes the socket anew where its file is gone, as after somebody has cleaned up: nobody could
   * ask any more, and all would say that nothing runs here.
   *
   * @return whether that was so
   * @throws IOException if it was and the socket cannot be made
   */
  public synchronized boolean restore() throws IOException {
    if (!server.isOpen() || Files.exists(path)) {
      return false;
    }
    ServerSocketChannel nameless = server;
    server = bind(path);
    listen();
    nameless.close();
    return true;
  }

  private static boolean answers(Path path) {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** It appears under its name when nobody else can connect any more. */
  private static ServerSocketChannel bind(Path path) throws IOException {
    Path parent = path.getParent() == null ? Path.of("") : path.getParent();
    Files.createDirectories(parent);
    // Short, and the path not made absolute: the system takes no more than about 100 characters.
    String name = "." + HexFormat.of().toHexDigits((short) new SecureRandom().nextInt());
    Path secret =
        Files.createDirectory(
            parent.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path unseen = secret.resolve("s");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(unseen));
      Files.setPosixFilePermissions(unseen, PosixFilePermissions.fromString("rw-------"));
      Files.move(unseen, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    } finally {
      Files.deleteIfExists(unseen);
      Files.deleteIfExists(secret);
    }
  }

  private void accept(ServerSocketChannel own) {
    while (own.isOpen()) {
      try {
        SocketChannel channel = own.accept();
        if (places.tryAcquire()) {
          Thread.ofVirtual().name("control-request").start(() -> serve(channel));
        } else {
          channel.close();
        }
      } catch (IOException e) {
        if (own.isOpen()) {
          LOG.warn("control socket {}: {}", path, e.getMessage());
          rest();
        }
      }
    }
  }

  /** What keeps one connection from being taken, such as too many open files, may last. */
  private static void rest() {
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      Thread patience = closeLater(channel);
      String line = Lines.read(channel, ControlRequest.MAX_BYTES);
      patience.interrupt();
      String reply = answer(ControlRequest.parse(line)).json();
      patience = closeLater(channel);
      Lines.write(channel, reply);
      patience.interrupt();
    } catch (IOException e) {
      LOG.debug("control request: {}", e.getMessage());
    } finally {
      places.release();
    }
  }

  private ControlReply answer(@Nullable ControlRequest request) {
    if (request == null) {
      return ControlReply.words(false, "That is no request.\n");
    }
    try {
      return commands.apply(request);
    } catch (RuntimeException e) {
      LOG.error("Fault while serving {}", request.command(), e);
      return ControlReply.words(false, "A fault of Drawbridge itself: " + e + "\n");
    }
  }

  private static Thread closeLater(SocketChannel channel) {
    return Thread.startVirtualThread(
        () -> {
          try {
            Thread.sleep(PATIENCE_MILLIS);
            channel.close();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException e) {
            LOG.debug("control request: {}", e.getMessage());
          }
        });
  }

  /** Closes the socket and removes it. */
  @Override
  public synchronized void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
