package org.drawbridge.unruly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.SbcFiles;

/**
 * A phone, or a trunk, on a UDP port of an address of its own that calls and is called, and draws
 * by lot what it does next. Each call has a thread and chances of its own, so that a call of one
 * seed goes the same way as long as the other side does.
 */
final class UnrulyPhone implements AutoCloseable {

  /** Where no test has its ports and the kernel takes none for others. */
  private static final int FIRST_AUDIO_PORT = 40_000;

  private static final int LAST_AUDIO_PORT = 60_000;

  private final DatagramSocket socket;
  private final InetSocketAddress sbc;
  private final AtomicLong seeds;
  private final Lots lots;
  private final ExecutorService scripts = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, UnrulyDialog> calls = new ConcurrentHashMap<>();
  private final Set<String> invitations = ConcurrentHashMap.newKeySet();
  private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
  private volatile int audioPort = FIRST_AUDIO_PORT;
  private volatile boolean hasForgotten;

  UnrulyPhone(String address, int port, InetSocketAddress sbc, long seed) {
    this.socket = open(new InetSocketAddress(address, port));
    this.sbc = sbc;
    this.seeds = new AtomicLong(seed);
    this.lots = new Lots(seed);
    Thread.ofVirtual().start(this::read);
  }

  private static DatagramSocket open(InetSocketAddress address) {
    try {
      return new DatagramSocket(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls a number of the SBC and goes on with the call as chance has it. */
  void call(String number) {
    scripts.execute(new UnrulyCaller(this, number, ownLots()));
  }

  /** From now on no call of its own is known to it, and it starts nothing. */
  void forgetEverything() {
    hasForgotten = true;
  }

  boolean hasForgotten() {
    return hasForgotten;
  }

  /** The statuses of all responses it was given. */
  Set<Integer> answers() {
    return answers;
  }

  String hostPort() {
    return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  /** Host of the URIs it calls. */
  String domain() {
    return SbcFiles.DOMAIN;
  }

  /** A session description of its own. */
  String description(Lots lots) {
    int port = lots.between(FIRST_AUDIO_PORT, LAST_AUDIO_PORT) & ~1;
    audioPort = port;
    return RandomSdp.draw(lots, socket.getLocalAddress().getHostAddress(), port);
  }

  void expectsAnswers(UnrulyDialog call) {
    calls.put(call.callId(), call);
  }

  void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, sbc));
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Responds to a request; a tag is put into To where there is none. */
  void respond(WireMessage request, int status, String tag, String lines, String body) {
    StringBuilder out = new StringBuilder("SIP/2.0 " + status + " Drawn by Lot\r\n");
    for (String name : List.of("Via", "Record-Route")) {
      request.headers(name).forEach(value -> out.append(name + ": " + value + "\r\n"));
    }
    String to = request.tag("To").isEmpty() ? ";tag=" + tag : "";
    out.append("From: " + request.header("From") + "\r\nTo: " + request.header("To") + to);
    out.append("\r\nCall-ID: " + request.header("Call-ID"));
    out.append("\r\nCSeq: " + request.header("CSeq") + "\r\n").append(lines);
    String contact = "Contact: <sip:x@" + hostPort() + ">\r\n";
    out.append(lines.contains("Contact:") ? "" : contact);
    send(out + UnrulyDialog.bodyPart(lines, body));
  }

  private Lots ownLots() {
    return new Lots(seeds.incrementAndGet());
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
      if (text.contains("\r\n\r\n")) {
        take(new WireMessage(text, 0));
      }
    }
  }

  private void take(WireMessage message) {
    if (message.startLine().startsWith("SIP/2.0 ")) {
      response(message);
    } else if (message.isRequest("INVITE") && message.tag("To").isEmpty()) {
      invitation(message);
    } else if (!message.isRequest("ACK")) {
      inDialog(message);
    }
  }

  private void invitation(WireMessage invite) {
    boolean repeated = !invitations.add(invite.header("Call-ID") + invite.headers("Via"));
    if (hasForgotten) {
      respond(invite, 480, "gone", "", "");
    } else if (!repeated) {
      scripts.execute(new UnrulyCallee(this, invite, ownLots()));
    }
  }

  private void inDialog(WireMessage request) {
    if (hasForgotten) {
      respond(request, 481, "", "", "");
    } else if (request.isRequest("INVITE")) {
      changeOfSession(request);
    } else if (lots.happens(0.9)) {
      boolean ends = request.isRequest("BYE") || request.isRequest("CANCEL");
      List<Integer> statuses =
          ends
              ? List.of(200, 200, 200, 200, 200, 200, 481, 500)
              : List.of(200, 200, 200, 405, 481, 491, 500);
      respond(request, lots.oneOf(statuses), "late", "", "");
    }
  }

  private void changeOfSession(WireMessage reinvite) {
    if (lots.happens(0.5)) {
      respond(reinvite, 200, "", "", description(lots));
    } else if (lots.happens(0.8)) {
      respond(reinvite, lots.oneOf(List.of(100, 200, 481, 488, 491)), "", "", "");
    }
  }

  private void response(WireMessage response) {
    answers.add(Integer.parseInt(response.startLine().substring(8, 11)));
    UnrulyDialog call = calls.get(response.header("Call-ID"));
    if (call == null || !response.isFinal("INVITE")) {
      return;
    }
    boolean success = response.startLine().startsWith("SIP/2.0 2");
    if (hasForgotten || lots.happens(0.9)) {
      send(call.ack(response, lots));
    }
    if (success && invitations.add(call.callId())) {
      UnrulyDialog up = call.answered(response);
      misbehave(up, ownLots());
      talk(response, ownLots());
    }
  }

  /** Lets time pass for a script: up to so many milliseconds. */
  static void pause(Lots lots, int atMostMillis) {
    Await.pause(Duration.ofMillis(lots.between(0, atMostMillis + 1)));
  }

  /** Goes on with a call that is up. */
  void misbehave(UnrulyDialog dialog, Lots lots) {
    scripts.execute(new Misbehaviour(this, dialog, lots));
  }

  /** Sends audio to where a message asks for it, if it does. */
  void talk(WireMessage message, Lots lots) {
    InetSocketAddress from = new InetSocketAddress(socket.getLocalAddress(), audioPort);
    scripts.execute(new UnrulyTalker(from, message.body(), lots));
  }

  @Override
  public void close() {
    hasForgotten = true;
    socket.close();
    scripts.shutdownNow();
  }
}
