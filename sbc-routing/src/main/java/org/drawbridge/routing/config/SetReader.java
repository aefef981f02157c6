package org.drawbridge.routing.config;

import org.drawbridge.routing.config.RouteConfig.When;
import org.drawbridge.routing.pattern.Rewrite;
import org.drawbridge.routing.pattern.Template;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the {@code set} of a route: how it changes caller and callee. */
final class SetReader {

  static final Changes NONE = new Changes(null, null);

  private static final int MAX_STRIP = 64;

  private final When when;

  SetReader(When when) {
    this.when = when;
  }

  Changes read(Section section) {
    return new Changes(
        section.optional("caller", value -> rewrite(value, "caller", when.caller())),
        section.optional("to", value -> rewrite(value, "to", when.callee())));
  }

  private static @Nullable Rewrite rewrite(
      YamlValue value, String key, @Nullable TextPattern pattern) {
    if (value.isSection()) {
      SectionReader<Rewrite> reader = SetReader::stripAndAdd;
      return reader.readClosed(value);
    }
    String text = value.text();
    if (text == null) {
      return null;
    }
    Template template = new Template(text);
    if (!template.wellFormed()) {
      return value.problem("after $ comes the number of a group, 0 to 9, or another $");
    }
    int groups = pattern == null ? 0 : pattern.groups();
    if (template.highestGroup() > groups) {
      return value.problem(
          "$"
              + template.highestGroup()
              + " refers to a group that `"
              + key
              + "` in `when` does not have");
    }
    return text.isEmpty()
        ? value.problem("a number is missing here")
        : new Rewrite.FromTemplate(template);
  }

  private static @Nullable Rewrite stripAndAdd(Section section) {
    int strip = section.optional("strip", Scalars.number(0, MAX_STRIP), 0);
    String add = section.optional("add", Scalars.text(), "");
    return section.has("strip") || section.has("add")
        ? new Rewrite.StripAndAdd(strip, add)
        : section.place().problem("\"strip\", \"add\" or both are needed");
  }

  /** The two changes, null where the route makes none. */
  record Changes(@Nullable Rewrite caller, @Nullable Rewrite callee) {}
}
