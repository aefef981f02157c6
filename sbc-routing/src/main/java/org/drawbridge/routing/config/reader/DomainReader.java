package org.drawbridge.routing.config.reader;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.routing.number.NumberFormat;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkBounds;
import org.drawbridge.routing.trunk.TrunkCare;
import org.drawbridge.routing.trunk.TrunkMedia;
import org.drawbridge.routing.trunk.TrunkProfile;
import org.drawbridge.routing.trunk.TrunkRights;
import org.drawbridge.routing.trunk.TrunkTls;
import org.drawbridge.routing.trunk.TrunkUris;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code domains}: plain names are ours, sections belong to a PBX. */
final class DomainReader {

  private static final Duration REFRESH = Duration.ofSeconds(60);

  private final Map<String, RelayedDomain> relayed = new LinkedHashMap<>();

  /** All domains in their order. */
  @Nullable List<String> readAll(YamlValue value) {
    List<String> domains = value.list(this::read);
    if (value.list().isEmpty()) {
      return value.problem("at least one domain is needed");
    }
    return domains.isEmpty() ? null : domains.stream().distinct().toList();
  }

  /** Those that belong to a PBX, by name; complete once all were read. */
  Map<String, RelayedDomain> relayed() {
    return relayed;
  }

  private @Nullable String read(YamlValue value) {
    if (!value.isSection()) {
      return NetworkScalars.domain(value);
    }
    Section section = value.section();
    if (section == null) {
      return null;
    }
    String name = section.optional("name", NetworkScalars::domain);
    SipTarget upstream = section.optional("upstream", TrunkReader::target);
    Duration refresh =
        section.optional(
            "refresh", Scalars.duration(Duration.ofSeconds(10), Duration.ofHours(1)), REFRESH);
    boolean path = section.optional("path", Scalars::bool, false);
    TrunkMedia media = section.optional("media", Scalars.oneOf(TrunkMedia.class), TrunkMedia.RTP);
    TrunkCare care = new TrunkCare(null, section.optional("probe", TrunkReader.PROBE), true);
    TrunkTls tls = TrunkTlsReader.read(section, upstream == null ? List.of() : List.of(upstream));
    section.close();
    if (!section.has("name") || !section.has("upstream")) {
      return value.problem("a domain of a PBX needs \"name\" and \"upstream\"");
    }
    if (name == null || upstream == null) {
      return null;
    }
    Trunk pbx = pbx(name, upstream, media, care, tls);
    return relayed.putIfAbsent(name, new RelayedDomain(name, pbx, refresh, path)) == null
        ? name
        : value.problem("domain " + name + " stands here twice");
  }

  /** A PBX is a trunk that calls come to and go to by the accounts that have signed in there. */
  private static Trunk pbx(
      String name, SipTarget upstream, TrunkMedia media, TrunkCare care, TrunkTls tls) {
    return new Trunk(
        name,
        List.of(upstream),
        List.of(),
        null,
        media,
        null,
        null,
        Trunk.TRY_TIMEOUT,
        care,
        TrunkRights.NONE,
        TrunkBounds.NONE,
        TrunkProfile.STANDARD,
        NumberFormat.AS_ROUTED,
        TrunkUris.STANDARD,
        tls);
  }
}
