package org.drawbridge.b2bua;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Kind;
import org.drawbridge.metrics.Counter;
import org.drawbridge.metrics.Counters;

/**
 * Counts legs of ended calls by how they sounded and how far away they were, and the packets they
 * lost. Thread-safe.
 */
final class QualityCounters {

  /** Fewer packets say nothing of quality: two seconds of audio. */
  private static final long FEWEST = 100;

  private final Scale scores;
  private final Scale jitters;
  private final Scale roundTrips;
  private final Map<Kind, Streams> streams = new EnumMap<>(Kind.class);

  QualityCounters(Counters registry) {
    scores =
        new Scale(registry, "mos", "mean opinion score", "quality")
            .from(4.0, "good")
            .from(3.6, "fair")
            .from(3.1, "poor")
            .from(0, "bad");
    jitters = milliseconds(registry, "jitter", "interarrival jitter", 0, 10, 30, 60);
    roundTrips = milliseconds(registry, "round_trip", "round trip", 0, 100, 200, 400);
    for (Kind kind : Kind.values()) {
      streams.put(kind, Streams.of(registry, kind));
    }
  }

  private static Scale milliseconds(Counters registry, String name, String of, int... bounds) {
    Scale scale = new Scale(registry, name, of, "from_ms");
    for (int bound : bounds) {
      scale.from(bound, Integer.toString(bound));
    }
    return scale;
  }

  /** Counters of the classes of one measure; a value is of the class whose least it reaches. */
  private static final class Scale {

    private final NavigableMap<Double, Counter> byLeast = new TreeMap<>();
    private final Counters registry;
    private final String name;
    private final String help;
    private final String label;

    Scale(Counters registry, String name, String of, String label) {
      this.registry = registry;
      this.name = "drawbridge_call_leg_" + name + "_total";
      this.help = "Legs of ended calls by their " + of;
      this.label = label;
    }

    Scale from(double least, String value) {
      byLeast.put(least, registry.count(name, help, label, value));
      return this;
    }

    void count(double value) {
      Map.Entry<Double, Counter> reached = byLeast.floorEntry(value);
      if (reached != null) {
        reached.getValue().increment();
      }
    }
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

  /** As {@link #count(Call)}, of one kind of media of one leg. */
  void count(LegQuality quality) {
    Streams counted = streams.get(quality.kind());
    if (counted == null || quality.received().packets() < FEWEST) {
      return;
    }
    counted.add(quality);
    if (quality.kind() == Kind.AUDIO) {
      scores.count(quality.received().mos());
      jitters.count(quality.received().jitterMillis());
      roundTrips.count(quality.roundTripMillis());
    }
  }
}
