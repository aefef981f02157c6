package org.drawbridge.media.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.drawbridge.media.sdp.SdpResult.Malformed;
import org.drawbridge.media.sdp.SdpResult.Parsed;
import org.jspecify.annotations.Nullable;

/**
 * Reads a description (RFC 8866 9). Forgives what peers get wrong without harm: bare LF or CR line
 * ends, empty lines, missing {@code s=}, {@code t=} or {@code o=}, unknown lines and attributes,
 * the NUL that ends a string in C. What it cannot forgive is a value with a line number, never an
 * exception.
 */
public final class SdpParser {

  private static final int MAX_PORT = 65_535;

  private final List<SdpLine> session = new ArrayList<>();
  private final List<MediaLines> media = new ArrayList<>();
  private int number;

  private SdpParser() {}

  /** One {@code m=} line and what followed it. */
  private record MediaLines(String[] words, int port, int ports, List<SdpLine> lines) {}

  /** Reads a text. */
  public static SdpResult parse(String text) {
    if (text.length() > SdpLimits.CHARACTERS) {
      return new Malformed(1, "longer than " + SdpLimits.CHARACTERS + " characters");
    }
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return new SdpParser().run(text.substring(0, end));
  }

  private SdpResult run(String text) {
    int start = 0;
    while (start < text.length()) {
      int end = endOfLine(text, start);
      number++;
      String wrong = end == start ? null : take(text.substring(start, end));
      if (wrong == null && number > SdpLimits.LINES) {
        wrong = "more than " + SdpLimits.LINES + " lines";
      }
      if (wrong != null) {
        return new Malformed(number, wrong);
      }
      start = afterLineEnd(text, end);
    }
    return session.isEmpty() ? new Malformed(1, "empty") : new Parsed(result());
  }

  private static int endOfLine(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  private static int afterLineEnd(String text, int end) {
    return text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }

  private @Nullable String take(String line) {
    if (line.isBlank()) {
      return null;
    }
    if (line.length() < 2 || line.charAt(1) != '=' || !isLetter(line.charAt(0))) {
      return "not of the form letter=value";
    }
    if (line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
      return "control character";
    }
    return take(new SdpLine(line.charAt(0), line.substring(2)));
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private @Nullable String take(SdpLine line) {
    if (session.isEmpty() && (line.type() != 'v' || !line.value().strip().equals("0"))) {
      return "does not start with v=0";
    }
    if (line.type() == 'm') {
      return takeMedia(line.value());
    }
    if (line.type() == 'c' && Connection.parse(line.value()) == null) {
      return "malformed c= line";
    }
    (media.isEmpty() ? session : media.getLast().lines()).add(line);
    return null;
  }

  private @Nullable String takeMedia(String value) {
    String[] words = Words.of(value);
    if (words.length < 3) {
      return "m= line without port or protocol";
    }
    String[] ports = words[1].split("/", 2);
    int port = CodecReader.number(ports[0], MAX_PORT);
    int count = ports.length == 2 ? CodecReader.number(ports[1], MAX_PORT) : 1;
    if (port < 0 || count < 1) {
      return "m= line with a malformed port";
    }
    if (words.length - 3 > SdpLimits.FORMATS) {
      return "more than " + SdpLimits.FORMATS + " formats";
    }
    if (media.size() == SdpLimits.MEDIA) {
      return "more than " + SdpLimits.MEDIA + " media descriptions";
    }
    media.add(new MediaLines(words, port, count, new ArrayList<>()));
    return null;
  }

  private SessionDescription result() {
    SdpSection level = new SdpSection(session);
    List<MediaDescription> descriptions = new ArrayList<>();
    for (MediaLines lines : media) {
      List<String> words = Stream.of(lines.words()).map(Words::shared).toList();
      descriptions.add(
          new MediaDescription(
              words.get(0),
              lines.port(),
              lines.ports(),
              words.get(2),
              words.subList(3, words.size()),
              new SdpSection(lines.lines()),
              level));
    }
    return new SessionDescription(level, descriptions);
  }
}
