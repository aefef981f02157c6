package org.drawbridge.media.sdp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Spoils descriptions in the ways broken and hostile peers do, repeatably by seed. */
public final class SdpMutations {

  private static final String ODD = "=:;/| \t\u0000\u007f\u00e9-+*0123456789azAZ";

  private final Random random;

  /** Mutations that are the same for the same seed. */
  public SdpMutations(long seed) {
    this.random = new Random(seed);
  }

  /** A text with some of its lines or characters spoilt. */
  public String mutate(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int times = 1 + random.nextInt(6);
    for (int i = 0; i < times && !lines.isEmpty(); i++) {
      mutateOne(lines);
    }
    return String.join(random.nextBoolean() ? "\r\n" : "\n", lines) + "\r\n";
  }

  private void mutateOne(List<String> lines) {
    int at = random.nextInt(lines.size());
    switch (random.nextInt(7)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
      case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
      case 3 -> lines.set(at, cut(lines.get(at)));
      case 4 -> lines.set(at, lines.get(at).replaceAll("[0-9]+", number()));
      case 5 -> lines.set(at, lines.get(at).replaceFirst(" ", "  "));
      default -> lines.set(at, sprinkle(lines.get(at)));
    }
  }

  private String cut(String line) {
    return line.substring(0, random.nextInt(line.length() + 1));
  }

  private String number() {
    return switch (random.nextInt(5)) {
      case 0 -> "0";
      case 1 -> "65536";
      case 2 -> "99999999999999999999";
      case 3 -> "-1";
      default -> Integer.toString(random.nextInt(300));
    };
  }

  private String sprinkle(String line) {
    StringBuilder out = new StringBuilder(line);
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      char odd = ODD.charAt(random.nextInt(ODD.length()));
      out.insert(random.nextInt(out.length() + 1), odd);
    }
    return out.toString();
  }
}
