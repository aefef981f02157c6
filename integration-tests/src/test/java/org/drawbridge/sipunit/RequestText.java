package org.drawbridge.sipunit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes the requests of one Call-ID out in full. */
final class RequestText {

  private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

  private final String hostPort;
  private final String from;
  private final String to;
  private final String callId;

  /** Requests of a new call between two URIs, sent from and answered to an address and port. */
  RequestText(String hostPort, String from, String to) {
    this.hostPort = hostPort;
    this.callId = "call-" + unique() + "@" + hostPort.replaceAll(":.*", "");
    this.from = "<" + from + ">;tag=tag-" + unique();
    this.to = "<" + to + ">";
  }

  /** Something that has not been used before in this run. */
  static String unique() {
    return Long.toString(NUMBERS.incrementAndGet(), 36);
  }

  String callId() {
    return callId;
  }

  String fromTag() {
    return from.replaceAll(".*tag=", "");
  }

  /** A request with a new branch outside a dialog and without a body. */
  String text(String method, String uri, int cseq, List<String> lines) {
    return text(method, uri, newBranch(), to, cseq, lines, "");
  }

  /** A branch as RFC 3261 wants it. */
  static String newBranch() {
    return "z9hG4bK-" + unique();
  }

  /** Any request; {@code toValue} is the To value, null for that of the first request. */
  String text(
      String method,
      String uri,
      String branch,
      @Nullable String toValue,
      int cseq,
      List<String> lines,
      String sdp) {
    StringBuilder out = new StringBuilder(1024);
    line(out, method + " " + uri + " SIP/2.0");
    line(out, "Via: SIP/2.0/UDP " + hostPort + ";branch=" + branch + ";rport");
    line(out, "Max-Forwards: 70");
    line(out, "From: " + from);
    line(out, "To: " + (toValue == null ? to : toValue));
    line(out, "Call-ID: " + callId);
    line(out, "CSeq: " + cseq + " " + method);
    lines.forEach(header -> line(out, header));
    return out + bodyPart(sdp);
  }

  private static void line(StringBuilder out, String line) {
    out.append(line).append("\r\n");
  }

  /** The end of a message: what describes the body, the empty line and the body. */
  static String bodyPart(String sdp) {
    int length = sdp.getBytes(StandardCharsets.UTF_8).length;
    String type = sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n";
    return type + "Content-Length: " + length + "\r\n\r\n" + sdp;
  }
}
