package org.drawbridge.b2bua;

import java.util.LinkedHashMap;
import java.util.Map;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.metrics.Counter;
import org.drawbridge.metrics.Counters;

/** Counts legs of ended calls by how they sounded, and the packets they lost. Thread-safe. */
final class QualityCounters {

  private static final String LEGS = "drawbridge_call_leg_mos_total";
  private static final String HELP = "Legs of ended calls by their mean opinion score";

  /** Fewer packets say nothing of quality: two seconds of audio. */
  private static final long FEWEST = 100;

  /** The least score of each class (G.107 Annex B), the best first. */
  private static final Map<String, Double> CLASSES = classes();

  private final Map<String, Counter> counts = new LinkedHashMap<>();
  private final Counter received;
  private final Counter lost;

  QualityCounters(Counters registry) {
    CLASSES.keySet().forEach(name -> counts.put(name, registry.count(LEGS, HELP, "quality", name)));
    received =
        registry.count("drawbridge_call_packets_expected_total", "Media packets peers have sent");
    lost = registry.count("drawbridge_call_packets_lost_total", "Media packets lost before us");
  }

  private static Map<String, Double> classes() {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("good", 4.0);
    all.put("fair", 3.6);
    all.put("poor", 3.1);
    all.put("bad", 0.0);
    return all;
  }

  /** A call has ended. */
  void count(Call call) {
    for (Leg leg : call.all()) {
      LegQuality quality = leg.media().quality();
      if (quality != null && quality.received().packets() >= FEWEST) {
        received.add(quality.received().packets());
        lost.add(quality.received().lost());
        Counter counter = counts.get(classOf(quality.received().mos()));
        if (counter != null) {
          counter.increment();
        }
      }
    }
  }

  private static String classOf(double mos) {
    for (Map.Entry<String, Double> known : CLASSES.entrySet()) {
      if (mos >= known.getValue()) {
        return known.getKey();
      }
    }
    return "bad";
  }
}
