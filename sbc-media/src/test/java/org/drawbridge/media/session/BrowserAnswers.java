package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SdpLine;
import org.drawbridge.media.sdp.SdpSamples;
import org.drawbridge.media.sdp.SessionDescription;

/** What a browser answers to an offer of ours with several media. */
final class BrowserAnswers {

  private static final int TYPES = 2;

  private BrowserAnswers() {}

  /** Takes the first two formats of each media that is offered. */
  static String taking(String offer) {
    return answering(offer, "sendrecv");
  }

  /** The same, with video in one direction; {@code off} rejects it. */
  static String answering(String offer, String video) {
    SessionDescription description = SdpSamples.parsed(offer);
    StringBuilder text = new StringBuilder("v=0\r\no=- 911 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
    text.append("a=group:").append(description.session().first("group")).append("\r\n");
    for (MediaDescription line : description.media()) {
      String direction = line.type().equals("video") ? video : "sendrecv";
      text.append(media(line, direction.equals("off") || line.isOff(), direction));
    }
    return text.toString();
  }

  private static String media(MediaDescription line, boolean off, String direction) {
    List<String> types = line.formats().subList(0, Math.min(TYPES, line.formats().size()));
    StringBuilder text = new StringBuilder();
    text.append("m=").append(line.type()).append(off ? " 0 " : " 9 ").append(line.protocol());
    text.append(' ').append(String.join(" ", types)).append("\r\nc=IN IP4 0.0.0.0\r\n");
    text.append("a=ice-ufrag:brow\r\na=ice-pwd:browser-password-22chars\r\na=rtcp-mux\r\n");
    text.append("a=fingerprint:sha-256 ").append("01:".repeat(31)).append("02\r\n");
    text.append("a=setup:active\r\na=mid:").append(line.mid()).append("\r\n");
    text.append("a=").append(off ? "inactive" : direction).append("\r\n");
    String kept = "extmap:.*|(rtpmap|fmtp|rtcp-fb):(" + String.join("|", types) + ") .*";
    line.own().lines().stream()
        .map(SdpLine::toString)
        .filter(a -> a.startsWith("a=") && a.substring(2).matches(kept))
        .forEach(a -> text.append(a).append("\r\n"));
    return text.toString();
  }
}
