package org.drawbridge.b2bua;

import java.util.Locale;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Way;

/** Writes how well media of a leg travelled, each kind in one word of a log line. */
final class QualityWords {

  private QualityWords() {}

  /**
   * As {@code " caller=PCMU,in:500/3,jitter:1.2,mos:4.3,out:500/0,jitter:0.8,mos:4.4,rtt:31"}, and
   * of video {@code " caller-video=VP8,in:900/3,jitter:5.1,rtt:31"}.
   */
  static String of(Leg leg) {
    StringBuilder out = new StringBuilder();
    leg.media().qualities().forEach(quality -> out.append(of(leg.name(), quality)));
    return out.toString();
  }

  private static String of(String name, LegQuality quality) {
    String kind =
        switch (quality.kind()) {
          case AUDIO -> "";
          case VIDEO -> "-video";
        };
    StringBuilder out = new StringBuilder(" " + name + kind + "=" + word(quality.codec()));
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
    String mos = way.mos() > 0 ? String.format(Locale.ROOT, ",mos:%.1f", way.mos()) : "";
    return String.format(
            Locale.ROOT,
            ",%s:%d/%d,jitter:%.1f",
            name,
            way.packets(),
            way.lost(),
            way.jitterMillis())
        + mos;
  }

  /** A codec's name comes from a peer. */
  private static String word(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]", "?");
  }
}
