package org.drawbridge.routing.config.reader;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.routing.change.ChangeRules;
import org.drawbridge.routing.change.HeaderEdit;
import org.drawbridge.routing.change.HeaderRule;
import org.drawbridge.routing.change.Privacy;
import org.drawbridge.routing.config.RouteConfig.When;
import org.drawbridge.routing.pattern.Rewrite;
import org.drawbridge.routing.pattern.Template;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the {@code set} of a route: how it changes caller and callee. */
final class SetReader {

  static final Changes NONE = new Changes(null, null, ChangeRules.NONE);

  private static final int MAX_STRIP = 64;

  /** RFC 3261 section 20.26. */
  private static final ValueReader<String> PRIORITY =
      Scalars.oneOf(List.of("emergency", "urgent", "normal", "non-urgent"));

  private static final ValueReader<String> PRIVACY = Scalars.oneOf(List.of("id", "none"));

  private final When when;

  SetReader(When when) {
    this.when = when;
  }

  Changes read(Section section) {
    return new Changes(
        section.optional("caller", value -> rewrite(value, "caller", when.caller())),
        section.optional("to", value -> rewrite(value, "to", when.callee())),
        requests(section));
  }

  private ChangeRules requests(Section section) {
    int groups = when.callee() == null ? 0 : when.callee().groups();
    List<HeaderRule> headers = new ArrayList<>();
    String priority = section.optional("priority", PRIORITY);
    if (priority != null) {
      headers.add(new HeaderRule.Fixed(new HeaderEdit.Set("Priority", priority)));
    }
    headers.addAll(section.section("headers", new HeaderReader(groups)::read, List.of()));
    Privacy privacy =
        switch (section.optional("privacy", PRIVACY, "caller")) {
          case "id" -> Privacy.ID;
          case "none" -> Privacy.NONE;
          default -> Privacy.CALLER;
        };
    return new ChangeRules(headers, privacy);
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
    String mistake = text.isEmpty() ? "a number is missing here" : ServiceUrnReader.mistake(text);
    if (mistake != null) {
      return value.problem(mistake);
    }
    UriPartCheck.made(value, text);
    return new Rewrite.FromTemplate(template);
  }

  private static @Nullable Rewrite stripAndAdd(Section section) {
    int strip = section.optional("strip", Scalars.number(0, MAX_STRIP), 0);
    String add = section.optional("add", Scalars.text(), "");
    String country = section.optional("e164", NumberFormatReader::country);
    Rewrite change = new Rewrite.StripAndAdd(strip, add);
    if (country != null) {
      return new Rewrite.International(change, country);
    }
    return section.has("strip") || section.has("add") || section.has("e164")
        ? change
        : section.place().problem("\"strip\", \"add\" or \"e164\" is needed");
  }

  /**
   * What a route changes.
   *
   * @param caller of the caller's number, null for nothing
   * @param callee of the number that is called, null for nothing
   * @param requests of the rest of the requests
   */
  record Changes(@Nullable Rewrite caller, @Nullable Rewrite callee, ChangeRules requests) {}
}
