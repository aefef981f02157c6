package org.drawbridge.unruly;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.SbcFiles;

/**
 * One side of a dialog, or of a call that may become one, as far as requests of it need that.
 *
 * @param line of its phone
 * @param target the Request-URI
 * @param callId its Call-ID
 * @param local the value of From
 * @param remote the value of To
 * @param routes the values of Route
 * @param cseq number of the last request
 * @param branch of the first request
 */
record UnrulyDialog(
    Line line,
    String target,
    String callId,
    String local,
    String remote,
    List<String> routes,
    AtomicInteger cseq,
    String branch) {

  /** A call to a number, not sent yet. */
  static UnrulyDialog calling(Line line, String user, String target, Lots lots) {
    return new UnrulyDialog(
        line,
        target,
        lots.word(16),
        "<sip:" + user + "@" + SbcFiles.DOMAIN + ">;tag=" + lots.word(8),
        "<" + target + ">",
        List.of(),
        new AtomicInteger(lots.between(1, 9999)),
        branch(lots));
  }

  /** What REGISTER requests of an account are, which make no dialog. */
  static UnrulyDialog registering(Line line, String account, Lots lots) {
    String target = "sip:" + SbcFiles.DOMAIN;
    String from = "<" + account + ">;tag=" + lots.word(8);
    String to = "<" + account + ">";
    AtomicInteger cseq = new AtomicInteger();
    return new UnrulyDialog(line, target, lots.word(16), from, to, List.of(), cseq, branch(lots));
  }

  /** The side of who was called and has put this tag into To. */
  static UnrulyDialog called(Line line, WireMessage invite, String tag, Lots lots) {
    return new UnrulyDialog(
        line,
        invite.contact(),
        invite.header("Call-ID"),
        invite.header("To") + ";tag=" + tag,
        invite.header("From"),
        invite.headers("Record-Route"),
        new AtomicInteger(lots.between(1, 999)),
        branch(lots));
  }

  /** The side of the caller after an answer. */
  UnrulyDialog answered(WireMessage answer) {
    String next = answer.headers("Contact").isEmpty() ? target : answer.contact();
    List<String> way = answer.headers("Record-Route").reversed();
    return new UnrulyDialog(line, next, callId, local, answer.header("To"), way, cseq, branch);
  }

  /** The same call tried once more (RFC 3261 section 22.2). */
  UnrulyDialog again(Lots lots) {
    cseq.incrementAndGet();
    return new UnrulyDialog(line, target, callId, local, remote, routes, cseq, branch(lots));
  }

  /** The ACK of a final response to its INVITE (RFC 3261 sections 13.2.2.4 and 17.1.1.3). */
  String ack(WireMessage response, Lots lots) {
    boolean success = response.startLine().startsWith("SIP/2.0 2");
    UnrulyDialog of = success ? answered(response) : this;
    String via = success ? branch(lots) : branch;
    String number = response.header("CSeq").replaceAll(" .*", "");
    return of.text("ACK", number, response.header("To"), via, "", "");
  }

  /** The next request of a new transaction. */
  String next(String method, String lines, String body, Lots lots) {
    return text(method, cseq.incrementAndGet() + "", remote, branch(lots), lines, body);
  }

  /** A request with the number of the last one, such as CANCEL, or what no phone should send. */
  String again(String method, String lines, String body, Lots lots) {
    return text(method, cseq.get() + "", remote, branch(lots), lines, body);
  }

  /** The first request, or what belongs to its transaction. */
  String first(String method, String lines, String body) {
    return text(method, cseq.get() + "", remote, branch, lines, body);
  }

  private String text(
      String method, String number, String to, String via, String lines, String body) {
    StringBuilder out = new StringBuilder(1024);
    out.append(method + " " + target + " SIP/2.0\r\n");
    String hop = line.transport() + " " + line.hostPort();
    out.append("Via: SIP/2.0/" + hop + ";branch=" + via + ";rport\r\n");
    out.append("Max-Forwards: 70\r\n");
    routes.forEach(route -> out.append("Route: " + route + "\r\n"));
    out.append("From: " + local + "\r\nTo: " + to + "\r\nCall-ID: " + callId + "\r\n");
    out.append("CSeq: " + number + " " + method + "\r\n");
    out.append(lines.contains("Contact:") ? "" : contact(line));
    return out.append(lines).append(bodyPart(lines, body)).toString();
  }

  /** A Contact line that leads to where a phone is now. */
  static String contact(Line line) {
    String transport = ";transport=" + line.transport().toLowerCase(Locale.ROOT);
    return "Contact: <sip:x@" + line.hostPort() + transport + ">\r\n";
  }

  /** What describes a body, an empty line, and the body. */
  static String bodyPart(String lines, String body) {
    boolean sdp = !body.isEmpty() && !lines.contains("Content-Type");
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String type = sdp ? "Content-Type: application/sdp\r\n" : "";
    return type + "Content-Length: " + length + "\r\n\r\n" + body;
  }

  private static String branch(Lots lots) {
    return "z9hG4bK" + lots.word(12);
  }
}
