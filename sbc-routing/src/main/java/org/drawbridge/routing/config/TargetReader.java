package org.drawbridge.routing.config;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads one item of the {@code to} of a route. */
final class TargetReader {

  /** What our own services are called. */
  private static final List<String> SERVICES = List.of("echo");

  private final Collection<String> trunks;

  TargetReader(Collection<String> trunks) {
    this.trunks = trunks;
  }

  @Nullable Target read(YamlValue value) {
    Section section = value.section();
    if (section == null) {
      return null;
    }
    Target registrar = section.optional("registrar", TargetReader::registrar);
    Target trunk = section.optional("trunk", this::trunk);
    Target service = section.optional("service", TargetReader::service);
    section.close();
    long written = Stream.of("registrar", "trunk", "service").filter(section::has).count();
    if (written != 1) {
      return section.place().problem("a target is one of registrar, trunk and service");
    }
    return Stream.of(registrar, trunk, service).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static @Nullable Target registrar(YamlValue value) {
    Boolean wanted = Scalars.bool(value);
    if (wanted == null) {
      return null;
    }
    return wanted ? new Target.Registrar() : value.problem("registrar can only be true");
  }

  private @Nullable Target trunk(YamlValue value) {
    String name = value.text();
    if (name == null) {
      return null;
    }
    return trunks.contains(name)
        ? new Target.ToTrunk(name)
        : value.problem(Section.unknown("trunk", value.written(), trunks));
  }

  private static @Nullable Target service(YamlValue value) {
    String name = Scalars.oneOf(SERVICES).read(value);
    return name == null ? null : new Target.Service(name);
  }
}
