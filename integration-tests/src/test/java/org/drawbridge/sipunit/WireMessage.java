package org.drawbridge.sipunit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP message as it came over the wire, read without the parser under test.
 *
 * @param text all of it
 * @param millis when it came, by a clock that only differences mean something of
 */
public record WireMessage(String text, long millis) {

  private static final String END_OF_LINE = "\r\n";

  /** Short names that pass through the SBC as they were sent (RFC 3261 section 7.3.3). */
  private static final Map<String, String> COMPACT =
      Map.of("Via", "v", "From", "f", "To", "t", "Call-ID", "i", "Subject", "s");

  /** The first line. */
  public String startLine() {
    return text.substring(0, text.indexOf(END_OF_LINE));
  }

  /** Whether it is a request of this method. */
  public boolean isRequest(String method) {
    return text.startsWith(method + " ");
  }

  /** Whether it is a response of this status to a request of this method. */
  public boolean isResponse(int status, String method) {
    return text.startsWith("SIP/2.0 " + status + " ") && header("CSeq").endsWith(" " + method);
  }

  /** Whether it is a final response to a request of this method. */
  public boolean isFinal(String method) {
    return text.matches("(?s)SIP/2.0 [2-6].*") && header("CSeq").endsWith(" " + method);
  }

  /** The Request-URI. */
  public String requestUri() {
    return startLine().split(" ", -1)[1];
  }

  /** The first value of a header; fails if there is none. */
  public String header(String name) {
    List<String> values = headers(name);
    if (values.isEmpty()) {
      throw new AssertionError("no " + name + " in\n" + text);
    }
    return values.getFirst();
  }

  /** The values of all header lines of a name, in their order, however they are written. */
  public List<String> headers(String name) {
    String spellings = COMPACT.containsKey(name) ? name + "|" + COMPACT.get(name) : name;
    Pattern line = Pattern.compile("(?i)(?:" + spellings + ")[ \\t]*:(.*)");
    return Arrays.stream(head().replaceAll("\r\n[ \t]+", " ").split(END_OF_LINE, -1))
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1).strip())
        .toList();
  }

  /** The tag of From or To; empty if there is none. */
  public String tag(String header) {
    String value = header(header);
    int at = value.indexOf(";tag=");
    return at < 0 ? "" : value.substring(at + 5).replaceAll(";.*", "");
  }

  /** The URI in Contact. */
  public String contact() {
    return header("Contact").replaceAll("^.*<|>.*$", "");
  }

  /** The body; empty if there is none. */
  public String body() {
    return text.substring(endOfHead() + 2 * END_OF_LINE.length());
  }

  private String head() {
    return text.substring(0, endOfHead());
  }

  private int endOfHead() {
    return text.indexOf(END_OF_LINE + END_OF_LINE);
  }
}
