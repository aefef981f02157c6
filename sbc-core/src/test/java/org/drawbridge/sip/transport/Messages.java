package org.drawbridge.sip.transport;

import java.nio.charset.StandardCharsets;

/** SIP messages to send over real sockets. */
final class Messages {

  private Messages() {}

  /** An OPTIONS with a body of four bytes. */
  static String request(String callId) {
    return """
        OPTIONS sip:drawbridge.example SIP/2.0
        Via: SIP/2.0/TCP client.example:5060;branch=z9hG4bK%1$s;rport
        Max-Forwards: 70
        From: <sip:alice@example.com>;tag=a1
        To: <sip:drawbridge.example>
        Call-ID: %1$s
        CSeq: 1 OPTIONS
        Content-Type: text/plain
        Content-Length: 4

        body"""
        .formatted(callId)
        .replace("\n", "\r\n");
  }

  /** A request that is malformed, but has what an answer needs. */
  static String badRequest(String callId) {
    return request(callId).replace("Max-Forwards: 70", "Max-Forwards: many");
  }

  /** A request with a body of so many bytes. */
  static String large(String callId, int bodyBytes) {
    return request(callId)
        .replace("Content-Length: 4", "Content-Length: " + bodyBytes)
        .replace("\r\n\r\nbody", "\r\n\r\n" + "b".repeat(bodyBytes));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
