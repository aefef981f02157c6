package org.drawbridge.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipMessage;

/** Bodies of several parts. */
public final class Parts {

  private Parts() {}

  /** Gives a message these parts, each with its headers. */
  public static <M extends SipMessage> MessageBuilder<M> in(
      MessageBuilder<M> out, String... parts) {
    StringBuilder body = new StringBuilder();
    for (String part : parts) {
      body.append("--x\r\n").append(part).append("\r\n");
    }
    return out.body(
        "multipart/mixed;boundary=x", body.append("--x--\r\n").toString().getBytes(UTF_8));
  }

  /** A part that is a session description. */
  public static String sdp(String description) {
    return "Content-Type: application/sdp\r\n\r\n" + description;
  }
}
