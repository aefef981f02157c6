package org.drawbridge.b2bua;

import java.util.Locale;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Way;

/** Writes how well media of a leg travelled, in one word of a log line. */
final class QualityWords {

  private QualityWords() {}

  /** As {@code " caller=PCMU,in:500/3,jitter:1.2,mos:4.3,out:500/0,jitter:0.8,mos:4.4,rtt:31"}. */
  static String of(Leg leg) {
    LegQuality quality = leg.media().quality();
    if (quality == null) {
      return "";
    }
    StringBuilder out = new StringBuilder(" " + leg.name() + "=" + word(quality.codec()));
    out.append(way("in", quality.received()));
    Way sent = quality.sent();
    if (sent != null) {
      out.append(way("out", sent));
    }
    if (quality.roundTripMillis() >= 0) {
      out.append(String.format(Locale.ROOT, ",rtt:%.0f", quality.roundTripMillis()));
    }
    return out.toString();
  }

  private static String way(String name, Way way) {
    if (way.packets() == 0) {
      return "," + name + ":0";
    }
    return String.format(
        Locale.ROOT,
        ",%s:%d/%d,jitter:%.1f,mos:%.1f",
        name,
        way.packets(),
        way.lost(),
        way.jitterMillis(),
        way.mos());
  }

  /** A codec's name comes from a peer. */
  private static String word(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]", "?");
  }
}
