package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.drawbridge.routing.change.HeaderEdit;
import org.drawbridge.routing.change.HeaderRule;
import org.drawbridge.routing.change.HeaderTemplate;
import org.drawbridge.routing.change.HeaderTemplate.Reading;
import org.drawbridge.routing.change.OwnHeaders;
import org.drawbridge.routing.yaml.Nearest;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code headers} in {@code set} and of a trunk: {@code set}, {@code add}, {@code remove} and
 * {@code keep}; any other key is the name of a header to be set.
 */
final class HeaderReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.!%_+`'~-]{1,64}");
  private static final Pattern KEPT = Pattern.compile("[A-Za-z0-9.!%_+`'~-]{1,64}[*]?");
  private static final List<String> ACTIONS = List.of("set", "add", "remove", "keep");

  private final int groups;

  /** Reads templates for so many groups of {@code to}. */
  HeaderReader(int groups) {
    this.groups = groups;
  }

  /** Removals come first, so that what is set is there in the end. */
  List<HeaderRule> read(Section section) {
    List<HeaderRule> all = new ArrayList<>();
    all.addAll(section.list("remove", HeaderReader::removed, List.of()));
    all.addAll(section.list("keep", HeaderReader::kept, List.of()));
    SectionReader<List<HeaderRule>> set = named(HeaderRule.Set::new);
    all.addAll(section.optional("set", set::readClosed, List.of()));
    SectionReader<List<HeaderRule>> add = named(HeaderRule.Add::new);
    all.addAll(section.optional("add", add::readClosed, List.of()));
    all.addAll(section.named((key, value) -> shorthand(key, value)).values());
    return all;
  }

  private SectionReader<List<HeaderRule>> named(
      BiFunction<String, HeaderTemplate, HeaderRule> maker) {
    return section ->
        List.copyOf(section.named((key, value) -> written(key, value, maker)).values());
  }

  private @Nullable HeaderRule shorthand(YamlValue key, YamlValue value) {
    String nearest = Nearest.to(key.written(), ACTIONS);
    return nearest == null || value.isText() && key.written().contains("-")
        ? written(key, value, HeaderRule.Set::new)
        : key.problem(
            "\""
                + key.written()
                + "\" is not the name of a header: did you mean \""
                + nearest
                + "\"?");
  }

  private @Nullable HeaderRule written(
      YamlValue key, YamlValue value, BiFunction<String, HeaderTemplate, HeaderRule> maker) {
    String name = name(key, NAME, OwnHeaders::refusal);
    String text = value.text();
    if (name == null || text == null) {
      return null;
    }
    return switch (HeaderTemplate.read(text, groups)) {
      case Reading.Wrong(String why) -> value.problem(why);
      case Reading.Read(HeaderTemplate template) ->
          text.isBlank() ? value.problem("a value is missing here") : maker.apply(name, template);
    };
  }

  private static @Nullable HeaderRule removed(YamlValue value) {
    String name = name(value, NAME, OwnHeaders::refusal);
    return name == null ? null : new HeaderRule.Fixed(new HeaderEdit.Remove(name));
  }

  private static @Nullable HeaderRule kept(YamlValue value) {
    String name = name(value, KEPT, OwnHeaders::refusalToKeep);
    return name == null ? null : new HeaderRule.Fixed(new HeaderEdit.Keep(name));
  }

  private static @Nullable String name(
      YamlValue value, Pattern allowed, Function<String, @Nullable String> refusal) {
    String name = value.text();
    if (name == null) {
      return null;
    }
    String why =
        allowed.matches(name)
            ? refusal.apply(name)
            : "\"" + value.written() + "\" is not the name of a header";
    return why == null ? name : value.problem(why);
  }
}
