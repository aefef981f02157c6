package org.drawbridge.media.quality;

import java.util.Locale;

/** Estimates the mean opinion score of one direction (ITU-T G.107 Annex B, G.113 Appendix I). */
public final class EModel {

  /** The best there is: default transmission of G.107 without delay and loss. */
  private static final double BEST = 93.2;

  /** Beyond this delay in ms talking to one another suffers (G.107 simplified). */
  private static final double NOTICED_MILLIS = 177.3;

  /** A receiver's jitter buffer holds about twice the jitter, and one packet. */
  private static final double PACKET_MILLIS = 20;

  private EModel() {}

  /**
   * How a codec suffers.
   *
   * @param equipment impairment without loss (Ie)
   * @param robustness against random loss (Bpl), with its usual concealment
   */
  private record Codec(double equipment, double robustness) {}

  private static Codec codec(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "pcmu", "pcma" -> new Codec(0, 25.1);
      case "g722" -> new Codec(0, 16);
      case "opus" -> new Codec(0, 22);
      case "g729" -> new Codec(11, 19);
      case "gsm" -> new Codec(20, 27);
      case "ilbc" -> new Codec(11, 32);
      case "amr", "amr-wb" -> new Codec(5, 10);
      case "speex" -> new Codec(11, 20);
      default -> new Codec(10, 15);
    };
  }

  /**
   * The score, 1 to 4.5.
   *
   * @param codecName encoding name; unknown ones count as mediocre
   * @param lossFraction 0 to 1
   * @param jitterMillis interarrival jitter
   * @param oneWayMillis delay of the network in one direction, 0 if unknown
   */
  public static double score(
      String codecName, double lossFraction, double jitterMillis, double oneWayMillis) {
    Codec codec = codec(codecName);
    double delay = oneWayMillis + 2 * jitterMillis + PACKET_MILLIS;
    double delayImpairment =
        0.024 * delay + (delay > NOTICED_MILLIS ? 0.11 * (delay - NOTICED_MILLIS) : 0);
    double loss = 100 * Math.clamp(lossFraction, 0, 1);
    double lossImpairment =
        codec.equipment + (95 - codec.equipment) * loss / (loss + codec.robustness);
    return ofRating(BEST - delayImpairment - lossImpairment);
  }

  /** The score of a transmission rating (G.107 Annex B). */
  static double ofRating(double rating) {
    if (rating <= 0) {
      return 1;
    }
    double r = Math.min(rating, 100);
    return Math.clamp(1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6, 1, 4.5);
  }
}
