package org.drawbridge.sipunit;

import java.util.List;

/** Writes a response to a request that came, the way RFC 3261 section 8.2.6 has it. */
final class ResponseText {

  private ResponseText() {}

  /** The tag a phone puts into To: always the same, so that all its responses are of one dialog. */
  static String tag(RawPhone phone) {
    return "tag-of-" + phone.hostPort().replaceAll("[^0-9a-z]", "-");
  }

  static String of(RawPhone phone, WireMessage request, String status, String sdp) {
    StringBuilder out = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
    for (String name : List.of("Via", "From")) {
      request.headers(name).forEach(value -> out.append(name + ": " + value + "\r\n"));
    }
    String tag = request.tag("To").isEmpty() ? ";tag=" + tag(phone) : "";
    out.append("To: ").append(request.header("To")).append(tag).append("\r\n");
    for (String name : List.of("Call-ID", "CSeq")) {
      out.append(name + ": " + request.header(name) + "\r\n");
    }
    out.append(phone.contact("callee")).append("\r\nUser-Agent: Callee/2.0\r\n");
    return out + RequestText.bodyPart(sdp);
  }
}
