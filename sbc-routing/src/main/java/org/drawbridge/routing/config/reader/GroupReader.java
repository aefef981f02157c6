package org.drawbridge.routing.config.reader;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.routing.config.TrunkGroup;
import org.drawbridge.routing.config.TrunkGroup.Member;
import org.drawbridge.routing.config.TrunkGroup.Pick;
import org.drawbridge.routing.price.PriceFile;
import org.drawbridge.routing.price.PriceResult;
import org.drawbridge.routing.price.PriceTable;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code trunk-groups}. */
final class GroupReader {

  /** The weight of a trunk; the same where nothing is said. */
  static final ValueReader<Integer> WEIGHT = Scalars.number(1, 10_000);

  private final Collection<String> trunks;

  private GroupReader(Collection<String> trunks) {
    this.trunks = trunks;
  }

  static Map<String, TrunkGroup> readAll(Section section, Collection<String> trunks) {
    GroupReader reader = new GroupReader(trunks);
    return section.named(reader::read);
  }

  private @Nullable TrunkGroup read(YamlValue key, YamlValue value) {
    String name = key.text();
    if (name == null) {
      return null;
    }
    if (!TrunkReader.isName(name)) {
      return key.problem("\"" + key.written() + "\" is not a name of letters, digits, - _ and .");
    }
    SectionReader<TrunkGroup> group = this::group;
    return group.readClosed(value);
  }

  private TrunkGroup group(Section section) {
    Pick pick = section.optional("pick", Scalars.oneOf(Pick.class), Pick.ORDER);
    List<Member> members = section.required("trunks", this::members, List.of());
    PriceTable prices = section.optional("prices", GroupReader::prices);
    if (section.isGood("pick") && section.has("prices") != (pick == Pick.PRICE)) {
      section.place().problem("\"pick: price\" and \"prices\" belong together");
    }
    if (prices != null) {
      warnOfStrangers(section, members, prices);
    }
    return new TrunkGroup(pick, members, prices);
  }

  private @Nullable List<Member> members(YamlValue value) {
    Set<String> names = new HashSet<>();
    List<Member> members = value.list(item -> member(item, names));
    return members.isEmpty() && value.list().isEmpty()
        ? value.problem("at least one trunk is needed")
        : members;
  }

  private @Nullable Member member(YamlValue value, Set<String> names) {
    Member member = value.isText() ? plain(value) : weighted(value);
    return member == null || names.add(member.trunk())
        ? member
        : value.problem("trunk " + member.trunk() + " stands here twice");
  }

  private @Nullable Member plain(YamlValue value) {
    String name = trunk(value);
    return name == null ? null : new Member(name, 1);
  }

  private @Nullable Member weighted(YamlValue value) {
    SectionReader<Member> reader =
        section ->
            new Member(
                section.required("trunk", this::trunk, ""), section.optional("weight", WEIGHT, 1));
    return reader.readClosed(value);
  }

  private @Nullable String trunk(YamlValue value) {
    String name = value.text();
    return name == null || trunks.contains(name)
        ? name
        : value.problem(Section.unknown("trunk", value.written(), trunks));
  }

  private static @Nullable PriceTable prices(YamlValue value) {
    Path file = Scalars.path(value);
    if (file == null) {
      return null;
    }
    return switch (PriceFile.read(file)) {
      case PriceResult.Loaded(PriceTable prices) -> prices;
      case PriceResult.Refused(var problems) -> {
        problems.forEach(problem -> value.problem(problem.toString()));
        yield null;
      }
    };
  }

  private static void warnOfStrangers(Section section, List<Member> members, PriceTable prices) {
    for (Member member : members) {
      if (!prices.trunks().contains(member.trunk())) {
        section.place().warning("trunk " + member.trunk() + " has no price and is never tried");
      }
    }
  }
}
