package org.drawbridge.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A sound card that nobody hears, by PulseAudio: without one Firefox's AudioContext stands still.
 */
final class SoundCard implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final ChildProcess pulse;
  private final String server;

  private SoundCard(ChildProcess pulse, String server) {
    this.pulse = pulse;
    this.server = server;
  }

  /** Starts one whose files lie in the directory. */
  static SoundCard start(Path directory, Place place) {
    int port = FreePorts.one();
    String protocol = "module-native-protocol-tcp listen=127.0.0.1 auth-anonymous=1 port=" + port;
    List<String> command =
        List.of(
            "env",
            "HOME=" + directory,
            "XDG_RUNTIME_DIR=" + directory,
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--disable-shm=yes",
            "--load=module-null-sink",
            "--load=" + protocol);
    ChildProcess pulse =
        ChildProcess.start(directory, directory.resolve("pulseaudio.log"), place.command(command));
    Await.until("PulseAudio", START_LIMIT, () -> place.within(() -> listens(port)));
    return new SoundCard(pulse, "tcp:127.0.0.1:" + port);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** What PULSE_SERVER is to say. */
  String server() {
    return server;
  }

  @Override
  public void close() {
    pulse.close();
  }
}
