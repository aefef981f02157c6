package org.drawbridge.sip.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SIP messages kept as text in the notation of RFC 4475 section 2. */
public final class MessageCorpus {
  private static final Pattern MARK =
      Pattern.compile("<hex>([0-9A-F]+)</hex>|<repeat count=(\\d+)>([^<]+)</repeat>");

  /**
   * One message.
   *
   * @param outcome parsed, {@code answered 400}, {@code dropped 505} ...
   */
  public record Entry(String name, String section, String outcome, byte[] bytes) {
    @Override
    public String toString() {
      return section + " " + name;
    }
  }

  private MessageCorpus() {}

  /** The messages of a resource, in its order. */
  public static List<Entry> load(String resource) {
    List<Entry> entries = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String[] head = {};
    for (String line : read(resource).split("\n", -1)) {
      if (line.startsWith("=== ")) {
        add(entries, head, bytes);
        head = line.split(" ", 4);
      } else if (head.length > 0) {
        append(line, bytes);
      }
    }
    add(entries, head, bytes);
    return entries;
  }

  private static void add(List<Entry> entries, String[] head, ByteArrayOutputStream bytes) {
    if (head.length > 0) {
      entries.add(new Entry(head[1], head[2], head[3], bytes.toByteArray()));
      bytes.reset();
    }
  }

  private static void append(String line, ByteArrayOutputStream out) {
    Matcher mark = MARK.matcher(line);
    int from = 0;
    while (mark.find()) {
      out.writeBytes(line.substring(from, mark.start()).getBytes(UTF_8));
      boolean hex = mark.group(1) != null;
      out.writeBytes(
          hex
              ? HexFormat.of().parseHex(mark.group(1))
              : mark.group(3).repeat(Integer.parseInt(mark.group(2))).getBytes(UTF_8));
      from = mark.end();
    }
    out.writeBytes((line.substring(from) + "\r\n").getBytes(UTF_8));
  }

  private static String read(String resource) {
    try (InputStream in = MessageCorpus.class.getResourceAsStream(resource)) {
      String text = new String(requireNonNull(in, resource).readAllBytes(), UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
