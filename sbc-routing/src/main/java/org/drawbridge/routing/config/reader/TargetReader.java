package org.drawbridge.routing.config.reader;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.drawbridge.routing.config.AccountMention;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads one item of the {@code to} of a route. */
final class TargetReader {

  private static final List<String> KINDS =
      List.of("registrar", "accounts", "trunk", "group", "uri", "service", "http");

  private final Collection<String> trunks;
  private final Collection<String> groups;
  private final Consumer<AccountMention> mentions;

  /** For targets among these; tells {@code mentions} which accounts they name. */
  TargetReader(
      Collection<String> trunks, Collection<String> groups, Consumer<AccountMention> mentions) {
    this.trunks = trunks;
    this.groups = groups;
    this.mentions = mentions;
  }

  @Nullable Target read(YamlValue value) {
    if (value.isText()) {
      return value.problem("a target says of what kind it is: " + likely(value.written()));
    }
    Section section = value.section();
    if (section == null) {
      return null;
    }
    Target registrar = section.optional("registrar", TargetReader::registrar);
    Integer weight = section.optional("weight", GroupReader.WEIGHT);
    Target trunk = section.optional("trunk", item -> trunk(item, weight == null ? 0 : weight));
    Target group = section.optional("group", this::group);
    Target service = ServiceTargetReader.read(section);
    Target uri = section.optional("uri", UriTargetReader::read);
    Target accounts = AccountsTargetReader.read(section, mentions);
    Target http = HttpTargetReader.read(section);
    section.close();
    if (weight != null && !section.has("trunk")) {
      section.place().problem("\"weight\" belongs to a trunk");
    }
    if (KINDS.stream().filter(section::has).count() != 1) {
      return section.place().problem("a target is one of " + String.join(", ", KINDS));
    }
    return Stream.of(registrar, trunk, group, service, uri, accounts, http)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** What was meant by a name alone. */
  private String likely(String name) {
    if (name.equals("registrar")) {
      return "{ registrar: true }";
    }
    if (groups.contains(name)) {
      return "{ group: " + name + " }";
    }
    String trunk = "{ trunk: " + name + " }";
    String other = name.equals("echo") ? "{ service: echo }" : "{ accounts: " + name + " }";
    return trunks.contains(name) ? trunk : trunk + " or " + other;
  }

  private static @Nullable Target registrar(YamlValue value) {
    Boolean wanted = Scalars.bool(value);
    if (wanted == null) {
      return null;
    }
    return wanted ? new Target.Registrar() : value.problem("registrar can only be true");
  }

  private @Nullable Target group(YamlValue value) {
    String name = value.text();
    if (name == null) {
      return null;
    }
    return groups.contains(name)
        ? new Target.ToGroup(name)
        : value.problem(Section.unknown("trunk group", value.written(), groups));
  }

  private @Nullable Target trunk(YamlValue value, int weight) {
    String name = value.text();
    if (name == null) {
      return null;
    }
    return trunks.contains(name)
        ? new Target.ToTrunk(name, weight)
        : value.problem(Section.unknown("trunk", value.written(), trunks));
  }
}
