package org.drawbridge.sip.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small, reproducible damage to a message. */
final class Mutation {
  private static final String[] WORDS = {
    ";",
    ",",
    "\"",
    "<",
    ">",
    "@",
    ":",
    "=",
    "%",
    " ",
    "\t",
    "\r\n ",
    "\r\n",
    "\\",
    "\0",
    "[",
    "]",
    "?",
    "\u00e9",
    "99999999999",
    ";tag=x",
    ";branch=z9hG4bKx",
    "sip:",
    "*",
    "Via: SIP/2.0/UDP h\r\n",
    "To: <sip:a@b>\r\n",
    "l: 3\r\n",
    "\r\n\r\n"
  };

  private Mutation() {}

  static byte[] of(byte[] message, Random random) {
    StringBuilder text = new StringBuilder(new String(message, ISO_8859_1));
    for (int i = random.nextInt(3); i >= 0; i--) {
      mutate(text, random);
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  private static void mutate(StringBuilder text, Random random) {
    int head = Math.max(text.indexOf("\r\n\r\n"), 1);
    int at = random.nextInt(head);
    switch (random.nextInt(5)) {
      case 0 -> text.insert(at, WORDS[random.nextInt(WORDS.length)]);
      case 1 -> text.deleteCharAt(at);
      case 2 -> text.setCharAt(at, (char) random.nextInt(256));
      case 3 -> text.setCharAt(at, Character.toUpperCase(text.charAt(at)));
      default -> moveLine(text, random);
    }
  }

  private static void moveLine(StringBuilder text, Random random) {
    List<String> lines = new ArrayList<>(List.of(text.toString().split("(?<=\r\n)")));
    if (lines.size() > 2) {
      String line = lines.remove(1 + random.nextInt(lines.size() - 1));
      lines.add(1 + random.nextInt(lines.size() - 1), line);
      text.setLength(0);
      lines.forEach(text::append);
    }
  }
}
