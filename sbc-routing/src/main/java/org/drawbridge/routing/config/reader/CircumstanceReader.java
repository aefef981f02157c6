package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.drawbridge.routing.condition.Circumstance;
import org.drawbridge.routing.condition.DateSet;
import org.drawbridge.routing.condition.MediaKind;
import org.drawbridge.routing.condition.NumberCondition;
import org.drawbridge.routing.condition.NumberCondition.Side;
import org.drawbridge.routing.condition.NumberList;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.value.Transport;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads what {@code when} asks of a request beside who calls whom. */
final class CircumstanceReader {

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,64}");

  /** Codecs that an offer may be searched for. */
  private static final ValueReader<String> CODEC =
      Scalars.oneOf(
          List.of(
              "opus",
              "g722",
              "pcma",
              "pcmu",
              "g729",
              "gsm",
              "ilbc",
              "amr",
              "amr-wb",
              "speex",
              "telephone-event",
              "vp8",
              "vp9",
              "h264",
              "h265",
              "av1"));

  private final TimeReader times;

  /** Reads with these calendars at hand. */
  CircumstanceReader(Map<String, DateSet> calendars) {
    this.times = new TimeReader(calendars);
  }

  /** The cheapest to ask first. */
  List<Circumstance> read(Section section) {
    List<Circumstance> all = new ArrayList<>();
    add(all, section, "transport", CircumstanceReader::transport);
    add(all, section, "network", CircumstanceReader::network);
    add(all, section, "to", value -> numbers(value, Side.TO));
    add(all, section, "caller", value -> numbers(value, Side.CALLER));
    SectionReader<Circumstance> time = times::read;
    add(all, section, "time", time::readClosed);
    all.addAll(section.optional("header", CircumstanceReader::headers, List.of()));
    add(all, section, "codec", CircumstanceReader::codec);
    add(all, section, "media", CircumstanceReader::media);
    return all;
  }

  private static void add(
      List<Circumstance> all, Section section, String key, ValueReader<Circumstance> reader) {
    Circumstance read = section.optional(key, reader);
    if (read != null) {
      all.add(read);
    }
  }

  private static @Nullable Circumstance network(YamlValue value) {
    return some(value, "network", NetworkScalars::cidr, Circumstance.Network::new);
  }

  private static @Nullable Circumstance transport(YamlValue value) {
    return some(
        value,
        "transport",
        Scalars.oneOf(Transport.class),
        all -> new Circumstance.Over(Set.copyOf(all)));
  }

  private static @Nullable Circumstance codec(YamlValue value) {
    return some(value, "codec", CODEC, Circumstance.Codec::new);
  }

  private static @Nullable Circumstance media(YamlValue value) {
    return some(value, "kind of media", Scalars.oneOf(MediaKind.class), Circumstance.Media::new);
  }

  private static <T> @Nullable Circumstance some(
      YamlValue value, String what, ValueReader<T> reader, Function<List<T>, Circumstance> maker) {
    if (value.list().isEmpty()) {
      return value.problem("at least one " + what + " is needed");
    }
    List<T> all = value.list(reader);
    return all.isEmpty() ? null : maker.apply(all);
  }

  /** Only a section is a list of numbers; anything else is an expression, read elsewhere. */
  private static @Nullable Circumstance numbers(YamlValue value, Side side) {
    if (!value.isSection()) {
      return null;
    }
    SectionReader<NumberList> reader = NumberListReader::read;
    NumberList list = reader.readClosed(value);
    return list == null ? null : new NumberCondition(side, list);
  }

  private static @Nullable List<Circumstance> headers(YamlValue value) {
    Section section = value.section();
    if (section == null) {
      return null;
    }
    return List.copyOf(section.named(CircumstanceReader::header).values());
  }

  private static @Nullable Circumstance header(YamlValue key, YamlValue value) {
    String name = key.text();
    if (name == null) {
      return null;
    }
    if (!HEADER.matches(name)) {
      return key.problem("\"" + key.written() + "\" is not the name of a header");
    }
    TextPattern pattern = NetworkScalars.pattern(value);
    return pattern == null ? null : new Circumstance.Header(name, pattern);
  }
}
