package org.drawbridge.media.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A tone with a cadence, such as {@code 425/500,0/500} (busy): frequencies in Hz joined by {@code
 * +}, then how many ms, one part after the other; 0 Hz is silence. Immutable.
 *
 * @param parts played in turn
 */
public record Tone(List<Part> parts) {

  /** Of each frequency: -16 dBm0, as networks send their tones. */
  private static final double AMPLITUDE = 3600;

  private static final int MAX_PARTS = 16;
  private static final int MAX_FREQUENCIES = 4;
  private static final int MAX_MILLIS = 60_000;
  private static final int MIN_HERTZ = 20;
  private static final int MAX_HERTZ = 3400;

  /** A copy of the parts. */
  public Tone {
    parts = List.copyOf(parts);
  }

  /**
   * Frequencies that sound together.
   *
   * @param hertz none for silence
   * @param millis how long
   */
  public record Part(List<Integer> hertz, int millis) {

    /** A copy of the frequencies. */
    public Part {
      hertz = List.copyOf(hertz);
    }
  }

  /**
   * Reads a name ({@code ringback}, {@code busy}, {@code congestion}, {@code dial}: those of ETSI
   * TR 101 041) or a cadence.
   *
   * @return null when it is neither
   */
  public static @Nullable Tone parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "ringback" -> cadence("425/1000,0/4000");
      case "busy" -> cadence("425/500,0/500");
      case "congestion" -> cadence("425/250,0/250");
      case "dial" -> cadence("425/1000");
      default -> cadence(text);
    };
  }

  private static @Nullable Tone cadence(String text) {
    List<Part> parts = new ArrayList<>();
    for (String written : text.split(",", MAX_PARTS + 1)) {
      Part part = part(written.strip());
      if (part == null || parts.size() == MAX_PARTS) {
        return null;
      }
      parts.add(part);
    }
    return new Tone(parts);
  }

  private static @Nullable Part part(String text) {
    String[] halves = text.split("/", 3);
    int millis = halves.length == 2 ? number(halves[1], 1, MAX_MILLIS) : -1;
    if (millis < 0) {
      return null;
    }
    List<Integer> hertz = new ArrayList<>();
    for (String written : halves[0].split("\\+", MAX_FREQUENCIES + 1)) {
      int frequency = written.equals("0") ? 0 : number(written, MIN_HERTZ, MAX_HERTZ);
      if (frequency < 0 || hertz.size() == MAX_FREQUENCIES) {
        return null;
      }
      if (frequency > 0) {
        hertz.add(frequency);
      }
    }
    return new Part(hertz, millis);
  }

  private static int number(String text, int least, int most) {
    if (!text.matches("[0-9]{1,5}")) {
      return -1;
    }
    int number = Integer.parseInt(text);
    return number >= least && number <= most ? number : -1;
  }

  /** Ms that all parts take. */
  public int cycleMillis() {
    return parts.stream().mapToInt(Part::millis).sum();
  }

  /** One cycle of it as a clip; parts that begin anew do so in phase. */
  public Clip cycle(int rate) {
    short[] pcm = new short[(int) ((long) cycleMillis() * rate / 1000)];
    long startMillis = 0;
    for (Part part : parts) {
      int from = (int) (startMillis * rate / 1000);
      startMillis += part.millis();
      int to = (int) (startMillis * rate / 1000);
      for (int i = from; i < to; i++) {
        pcm[i] = sample(part, i, rate);
      }
    }
    return new Clip(rate, pcm);
  }

  private static short sample(Part part, int i, int rate) {
    double sum = 0;
    for (int hertz : part.hertz()) {
      sum += AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / rate);
    }
    return (short) Math.round(sum);
  }
}
