package org.drawbridge.b2bua;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Kind;
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
  private final Map<Kind, Streams> streams = new EnumMap<>(Kind.class);

  QualityCounters(Counters registry) {
    CLASSES.keySet().forEach(name -> counts.put(name, registry.count(LEGS, HELP, "quality", name)));
    for (Kind kind : Kind.values()) {
      streams.put(kind, Streams.of(registry, kind));
    }
  }

  private static Map<String, Double> classes() {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("good", 4.0);
    all.put("fair", 3.6);
    all.put("poor", 3.1);
    all.put("bad", 0.0);
    return all;
  }

  /** What is counted of streams of one kind. */
  private record Streams(
      Counter expected, Counter lost, Counter repeated, Counter askedAgain, Counter pictures) {

    static Streams of(Counters registry, Kind kind) {
      String media = kind.name().toLowerCase(Locale.ROOT);
      return new Streams(
          counter(registry, "packets_expected", "Media packets peers have sent", media),
          counter(registry, "packets_lost", "Media packets lost before us", media),
          counter(registry, "packets_repeated", "Packets that peers have sent again", media),
          counter(registry, "packets_asked_again", "Packets that peers asked us for again", media),
          counter(registry, "pictures_asked", "Whole pictures that peers asked us for", media));
    }

    private static Counter counter(Counters registry, String name, String help, String media) {
      return registry.count("drawbridge_call_" + name + "_total", help, "media", media);
    }

    void add(LegQuality quality) {
      expected.add(quality.received().packets());
      lost.add(quality.received().lost());
      repeated.add(quality.recovery().repeated());
      askedAgain.add(quality.recovery().askedAgain());
      pictures.add(quality.recovery().picturesAsked());
    }
  }

  /** A call has ended. */
  void count(Call call) {
    for (Leg leg : call.all()) {
      leg.media().qualities().forEach(this::count);
    }
  }

  private void count(LegQuality quality) {
    Streams counted = streams.get(quality.kind());
    if (counted == null || quality.received().packets() < FEWEST) {
      return;
    }
    counted.add(quality);
    Counter counter = counts.get(classOf(quality.received().mos()));
    if (quality.kind() == Kind.AUDIO && counter != null) {
      counter.increment();
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
