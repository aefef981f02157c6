package org.drawbridge.routing.config.reader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.drawbridge.routing.condition.DateSet;
import org.drawbridge.routing.config.AccountMention;
import org.drawbridge.routing.config.AccountMention.Kind;
import org.drawbridge.routing.config.RouteConfig.Domain;
import org.drawbridge.routing.config.RouteConfig.Source;
import org.drawbridge.routing.config.RouteConfig.When;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.user.AccountReader;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the {@code when} of a route. */
final class WhenReader {

  static final When EVERYTHING = new When(null, null, null, null, null, null, List.of());

  /** Words of {@code from} that no trunk may have as its name. */
  static final Set<String> RESERVED = Set.of("registered", "anonymous", "any", "account", "group");

  private final Collection<String> trunks;
  private final CircumstanceReader circumstances;
  private final Consumer<AccountMention> mentions;

  /** For senders among these; tells {@code mentions} which groups of accounts are named. */
  WhenReader(
      Collection<String> trunks,
      Map<String, DateSet> calendars,
      Consumer<AccountMention> mentions) {
    this.trunks = trunks;
    this.mentions = mentions;
    this.circumstances = new CircumstanceReader(calendars);
  }

  When read(Section section) {
    YamlValue from = section.find("from");
    return new When(
        from == null ? null : sources(from),
        section.optional("method", MethodReader::read),
        section.optional("caller", WhenReader::number),
        section.optional("to", WhenReader::called),
        section.optional("from-domain", WhenReader::domain),
        section.optional("to-domain", WhenReader::domain),
        circumstances.read(section));
  }

  /** An expression; a section is a list of numbers, which is a condition of its own. */
  private static @Nullable TextPattern number(YamlValue value) {
    return value.isSection() ? null : UriPartCheck.number(value, NetworkScalars::pattern);
  }

  private static @Nullable TextPattern called(YamlValue value) {
    TextPattern pattern = number(value);
    return pattern == null ? null : ServiceUrnReader.named(value, pattern);
  }

  private List<Source> sources(YamlValue from) {
    if (from.list().isEmpty()) {
      from.problem("at least one sender is needed");
    }
    return from.list(this::source);
  }

  private @Nullable Source source(YamlValue value) {
    if (value.isSection()) {
      return account(value);
    }
    String text = value.text();
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "registered" -> new Source.AnyAccount();
      case "anonymous" -> new Source.Stranger();
      case "any" -> new Source.Anyone();
      default -> trunks.contains(text) ? new Source.FromTrunk(text) : unknown(value);
    };
  }

  private @Nullable Source unknown(YamlValue value) {
    List<String> valid = new ArrayList<>(List.of("registered", "anonymous", "any"));
    valid.addAll(trunks);
    return value.problem(Section.unknown("sender", value.written(), valid));
  }

  private @Nullable Source account(YamlValue value) {
    Section section = value.section();
    if (section == null) {
      return null;
    }
    TextPattern name = section.optional("account", NetworkScalars::pattern);
    String group = section.optional("group", this::group);
    if (section.has("account") == section.has("group")) {
      section.place().problem("either \"account\" or \"group\" is needed here");
    }
    section.close();
    if (group != null) {
      return new Source.Group(group);
    }
    return name == null ? null : new Source.Account(name);
  }

  private @Nullable String group(YamlValue value) {
    String name = AccountReader.group().read(value);
    if (name != null) {
      mentions.accept(AccountMention.of(Kind.GROUP, name, value));
    }
    return name;
  }

  private static @Nullable Domain domain(YamlValue value) {
    if ("local".equals(value.text())) {
      return new Domain.Local();
    }
    TextPattern host = UriPartCheck.domain(value, NetworkScalars::patternIgnoringCase);
    return host == null ? null : new Domain.Named(host);
  }
}
