package org.drawbridge.media.dtls;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** OpenSSL's command line as the other party of a handshake, over UDP on loopback. */
final class OpenSsl implements AutoCloseable {

  private static final String PROFILES = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
  private static final int GCM_KEYING_BYTES = 56;

  private final Path directory;
  private final DatagramSocket socket;
  private final DatagramPipe pipe;
  private @Nullable Process process;
  private volatile @Nullable SocketAddress peer;

  /** Makes a certificate in the directory; {@code newkey} as {@code openssl req} takes it. */
  OpenSsl(Path directory, List<String> newkey) throws Exception {
    this.directory = directory;
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    pipe = new DatagramPipe(this::send);
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
    command.addAll(newkey);
    command.addAll(
        List.of("-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=peer", "-days", "2"));
    Process made = start(command, "req.log");
    if (!made.waitFor(120, TimeUnit.SECONDS) || made.exitValue() != 0) {
      throw new IOException(Files.readString(directory.resolve("req.log")));
    }
  }

  static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/openssl"));
  }

  /** Lets it connect to {@link #pipe}. */
  void connects() throws IOException {
    process = start(dtls("s_client", "-connect", "127.0.0.1:" + socket.getLocalPort()), "s.log");
    Thread.ofVirtual().start(this::read);
  }

  /** Lets it wait for what comes out of {@link #pipe}. */
  void accepts() throws Exception {
    int port;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command = dtls("s_server", "-accept", "127.0.0.1:" + port);
    command.addAll(List.of("-verify", "1"));
    process = start(command, "s.log");
    peer = new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Thread.ofVirtual().start(this::read);
    for (int i = 0; i < 3000 && !output().contains("ACCEPT"); i++) {
      Thread.sleep(10);
    }
  }

  private static List<String> dtls(String role, String where, String address) {
    return new ArrayList<>(
        List.of(
            "openssl",
            role,
            where,
            address,
            "-dtls1_2",
            "-cert",
            "cert.pem",
            "-key",
            "key.pem",
            "-use_srtp",
            PROFILES,
            "-keymatexport",
            "EXTRACTOR-dtls_srtp",
            "-keymatexportlen",
            Integer.toString(GCM_KEYING_BYTES)));
  }

  private Process start(List<String> command, String log) throws IOException {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(log).toFile())
        .start();
  }

  DatagramPipe pipe() {
    return pipe;
  }

  Fingerprint fingerprint() throws IOException, CertificateException {
    try (InputStream pem = Files.newInputStream(directory.resolve("cert.pem"))) {
      return Fingerprint.sha256(
          CertificateFactory.getInstance("X.509").generateCertificate(pem).getEncoded());
    }
  }

  /** What it has said so far. */
  String output() throws IOException {
    return Files.readString(directory.resolve("s.log"));
  }

  private void read() {
    byte[] buf = new byte[4096];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buf, buf.length);
        socket.receive(packet);
        peer = packet.getSocketAddress();
        pipe.offer(buf, 0, packet.getLength());
      }
    } catch (IOException e) {
      pipe.close();
    }
  }

  private void send(byte[] datagram) {
    SocketAddress to = peer;
    try {
      if (to != null) {
        socket.send(new DatagramPacket(datagram, datagram.length, to));
      }
    } catch (IOException e) {
      pipe.close();
    }
  }

  @Override
  public void close() {
    pipe.close();
    socket.close();
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
