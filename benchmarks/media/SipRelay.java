import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A B2BUA that relays media: one INVITE in, one INVITE out, both ends here (RFC 3261). */
final class SipRelay implements Relay {
  private static final int PORT = 5060;
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final Pattern COPIED = Pattern.compile("(?im)^(Via|Record-Route|From|Call-ID|CSeq):.*\r\n");

  private final InetSocketAddress server;
  private final DatagramSocket caller;
  private final DatagramSocket callee;
  private final Set<String> answered = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final Map<Integer, String> connected = new HashMap<>();
  private final String name = Long.toHexString(System.nanoTime());

  SipRelay(InetAddress server, InetAddress callers, InetAddress callees) throws IOException {
    this.server = new InetSocketAddress(server, PORT);
    caller = new DatagramSocket(new InetSocketAddress(callers, PORT));
    callee = new DatagramSocket(new InetSocketAddress(callees, PORT));
    caller.setSoTimeout(TIMEOUT_MILLIS);
    callee.setSoTimeout(TIMEOUT_MILLIS);
  }

  @Override
  public String connect(int call, String offer, UnaryOperator<String> answerer) throws IOException {
    String callId = name + "-" + call;
    send(caller, request("INVITE", callId, "<sip:200@" + host() + ">", "z9hG4bKi", offer));
    String invite = receive(callee, text -> text.startsWith("INVITE ") && answered.add(header(text, "Call-ID")));
    send(callee, ok(invite, answerer.apply(body(invite))));
    String ok = receive(caller, text -> isFinal(text) && header(text, "Call-ID").equals(callId));
    if (!ok.startsWith("SIP/2.0 200")) {
      throw new IOException("the call was refused:\n" + ok);
    }
    send(caller, request("ACK", callId, header(ok, "To"), "z9hG4bKa", ""));
    connected.put(call, header(ok, "To"));
    return body(ok);
  }

  @Override
  public void disconnect(int call) throws IOException {
    String callId = name + "-" + call;
    send(caller, request("BYE", callId, connected.remove(call), "z9hG4bKb", "").replace("CSeq: 1 ", "CSeq: 2 "));
    String bye = receive(callee, text -> text.startsWith("BYE ") && ended.add(header(text, "Call-ID")));
    send(callee, ok(bye, ""));
    receive(caller, text -> isFinal(text) && header(text, "Call-ID").equals(callId) && header(text, "CSeq").endsWith("BYE"));
  }

  private static boolean isFinal(String text) {
    return text.startsWith("SIP/2.0 ") && !text.startsWith("SIP/2.0 1");
  }

  private String host() {
    return server.getAddress().getHostAddress();
  }

  private String request(String method, String callId, String to, String branch, String body) {
    String own = caller.getLocalAddress().getHostAddress();
    return method + " sip:200@" + host() + " SIP/2.0\r\nVia: SIP/2.0/UDP " + own + ":5060;branch=" + branch + callId
        + "\r\nMax-Forwards: 70\r\nFrom: <sip:100@" + own + ">;tag=f\r\nTo: " + to + "\r\nCall-ID: " + callId
        + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:100@" + own + ":5060>\r\n" + content(body);
  }

  private String ok(String request, String body) {
    StringBuilder text = new StringBuilder("SIP/2.0 200 OK\r\n");
    Matcher copied = COPIED.matcher(request);
    while (copied.find()) {
      text.append(copied.group());
    }
    String to = header(request, "To");
    return text + "To: " + (to.contains(";tag=") ? to : to + ";tag=t") + "\r\nContact: <sip:200@" + callee.getLocalAddress().getHostAddress()
        + ":5060>\r\n" + content(body);
  }

  private static String content(String body) {
    String type = body.isEmpty() ? "" : "Content-Type: application/sdp\r\n";
    return type + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String header(String text, String name) {
    Matcher line = Pattern.compile("(?im)^" + name + ":[ \t]*(.*)$").matcher(text);
    return line.find() ? line.group(1).strip() : "";
  }

  private static String body(String text) {
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  private void send(DatagramSocket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.send(new DatagramPacket(bytes, bytes.length, server));
  }

  private static String receive(DatagramSocket socket, java.util.function.Predicate<String> wanted) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    while (true) {
      packet.setLength(65_536);
      socket.receive(packet);
      String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
      if (wanted.test(text)) {
        return text;
      }
    }
  }
}
