package org.drawbridge.sipunit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.drawbridge.support.Await;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.SipAccount;

/**
 * A UDP socket that speaks SIP as its test wants it: no transactions, no retransmissions, no
 * answers by itself. Keeps all that came, oldest first.
 */
public final class RawPhone implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final DatagramSocket socket;
  private final InetSocketAddress sbc;
  private final List<WireMessage> received = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private RawPhone(DatagramSocket socket, InetSocketAddress sbc) {
    this.socket = socket;
    this.sbc = sbc;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /**
   * Opens one on a loopback address, for an SBC on this port of 127.0.0.1, or ::1 for an IPv6
   * address.
   */
  public static RawPhone open(String address, int sbcPort) {
    return open(address, FreePorts.one(), sbcPort);
  }

  /** The same on a port of one's choice. */
  public static RawPhone open(String address, int port, int sbcPort) {
    try {
      DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port));
      String sbc = address.indexOf(':') < 0 ? "127.0.0.1" : "::1";
      return new RawPhone(socket, new InetSocketAddress(sbc, sbcPort));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    byte[] buffer = new byte[65_536];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException _) {
        return; // closed
      }
      String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
      if (text.contains("SIP/2.0")) {
        received.add(new WireMessage(text, System.nanoTime() / 1_000_000));
      }
    }
  }

  /** Its own address. */
  public String address() {
    return socket.getLocalAddress().getHostAddress();
  }

  /** Address and port, as they stand in Via and Contact. */
  public String hostPort() {
    String host = address();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + socket.getLocalPort();
  }

  /** Sends one datagram. */
  public void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, sbc));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All messages of a kind so far. */
  public List<WireMessage> all(Predicate<WireMessage> wanted) {
    return received.stream().filter(wanted).toList();
  }

  /** All requests of a method so far. */
  public List<WireMessage> requests(String method) {
    return all(message -> message.isRequest(method));
  }

  /** Waits for the first message of a kind, also one of the past. */
  public WireMessage await(String what, Predicate<WireMessage> wanted) {
    return await(what, 1, PATIENCE, wanted).getFirst();
  }

  /** Waits until so many messages of a kind have come. */
  public List<WireMessage> await(
      String what, int count, Duration limit, Predicate<WireMessage> wanted) {
    return Await.until(
        count + " x " + what + " at " + hostPort(),
        limit,
        () -> all(wanted),
        found -> found.size() >= count);
  }

  /** Waits for the first request of a method. */
  public WireMessage awaitRequest(String method) {
    return await(method, message -> message.isRequest(method));
  }

  /** Waits for the first response of this status to a request of this method. */
  public WireMessage awaitResponse(int status, String method) {
    return await(status + " to " + method, message -> message.isResponse(status, method));
  }

  /** Registers its own address for an account. */
  public void register(SipAccount account) {
    String registrar = "sip:" + account.domain();
    RequestText request = new RequestText(hostPort(), account.uri(), account.uri());
    send(request.text("REGISTER", registrar, 1, List.of(contact(account.user()))));
    String challenge = awaitResponse(401, "REGISTER").headers("WWW-Authenticate").getLast();
    String credentials = Digest.answer(challenge, "REGISTER", registrar, account);
    send(
        request.text(
            "REGISTER",
            registrar,
            2,
            List.of(contact(account.user()), "Authorization: " + credentials)));
    awaitResponse(200, "REGISTER");
  }

  /** A Contact line that leads here. */
  public String contact(String user) {
    return "Contact: <sip:" + user + "@" + hostPort() + ">";
  }

  /** Responds to a request, with a session description or ("") without. */
  public void respond(WireMessage request, String status, String sdp) {
    send(ResponseText.of(this, request, status, sdp));
  }

  @Override
  public void close() {
    socket.close();
    try {
      reader.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
