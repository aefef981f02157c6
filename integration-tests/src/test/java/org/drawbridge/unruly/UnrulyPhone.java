package org.drawbridge.unruly;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.sipunit.Digest;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.jspecify.annotations.Nullable;

/**
 * A phone, or a trunk, that calls and is called, and draws by lot what it does next. Each call has
 * a thread and chances of its own, so that a call of one seed goes the same way as long as the
 * other side does.
 */
final class UnrulyPhone implements AutoCloseable {

  /** Where no test has its ports and the kernel takes none for others. */
  private static final int FIRST_AUDIO_PORT = 40_000;

  private static final int LAST_AUDIO_PORT = 60_000;

  private final Line line;
  private final @Nullable SipAccount account;
  private final AtomicLong seeds;
  private final Lots lots;
  private final ExecutorService scripts = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, UnrulyDialog> calls = new ConcurrentHashMap<>();
  private final Set<String> invitations = ConcurrentHashMap.newKeySet();
  private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private volatile int audioPort = FIRST_AUDIO_PORT;
  private volatile boolean hasForgotten;

  /** One on a line that has not been started; without an account it is known by its address. */
  UnrulyPhone(Line line, @Nullable SipAccount account, long seed) {
    this.line = line;
    this.account = account;
    this.seeds = new AtomicLong(seed);
    this.lots = new Lots(seed);
  }

  /** Calls a number of the SBC and goes on with the call as chance has it. */
  void call(String number) {
    Lots its = ownLots();
    String target = "sip:" + number + "@" + SbcFiles.DOMAIN;
    String user = account == null ? its.oneOf(List.of("a", "anonymous", "0044")) : account.user();
    UnrulyDialog call = UnrulyDialog.calling(line, user, target, its);
    calls.put(call.callId(), call);
    unanswered.add(call.callId());
    scripts.execute(new UnrulyCaller(this, call, "", its));
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

  /** The calls it has placed that have not heard a final response. */
  Set<String> unanswered() {
    return unanswered;
  }

  Line line() {
    return line;
  }

  /** A session description of its own. */
  String description(Lots lots) {
    int port = lots.between(FIRST_AUDIO_PORT, LAST_AUDIO_PORT) & ~1;
    audioPort = port;
    return RandomSdp.draw(lots, line.address().getHostAddress(), port);
  }

  void send(String text) {
    line.send(text);
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
    out.append(lines.contains("Contact:") ? "" : UnrulyDialog.contact(line));
    send(out + UnrulyDialog.bodyPart(lines, body));
  }

  private Lots ownLots() {
    return new Lots(seeds.incrementAndGet());
  }

  /** What comes over its line. */
  void take(WireMessage message) {
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
    int status = Integer.parseInt(response.startLine().substring(8, 11));
    answers.add(status);
    UnrulyDialog call = calls.get(response.header("Call-ID"));
    if (call == null || !response.isFinal("INVITE")) {
      return;
    }
    unanswered.remove(call.callId());
    if (hasForgotten || lots.happens(0.9)) {
      send(call.ack(response, lots));
    }
    if (status == 407 && account != null) {
      authorize(call, response, account);
    } else if (status < 300 && invitations.add(call.callId())) {
      misbehave(call.answered(response), ownLots());
      talk(response, ownLots());
    }
  }

  /** Nothing is repeated for the challenge of a re-INVITE, or of one that was answered wrongly. */
  private void authorize(UnrulyDialog call, WireMessage challenged, SipAccount caller) {
    if (!invitations.add("challenge of " + call.callId())) {
      return;
    }
    String challenge = challenged.headers("Proxy-Authenticate").getLast();
    String credentials = Digest.answer(challenge, "INVITE", call.target(), caller);
    Lots its = ownLots();
    UnrulyDialog again = call.again(its);
    calls.put(again.callId(), again);
    String header = "Proxy-Authorization: " + credentials + "\r\n";
    scripts.execute(new UnrulyCaller(this, again, header, its));
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
    InetSocketAddress from = new InetSocketAddress(line.address(), audioPort);
    scripts.execute(new UnrulyTalker(from, message.body(), lots));
  }

  @Override
  public void close() {
    hasForgotten = true;
    line.close();
    scripts.shutdownNow();
  }
}
