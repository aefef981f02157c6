package org.drawbridge.routing.config.reader;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.config.RouteConfig.When;
import org.drawbridge.routing.pattern.Rewrite;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.ServiceUrn;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Looks at names of services (RFC 5031) that stand where numbers do. */
final class ServiceUrnReader {

  private static final Pattern URN = Pattern.compile("\\b(?i:urn):");

  private ServiceUrnReader() {}

  /** The expression, if each URN in it begins as those of services do. */
  static @Nullable TextPattern named(YamlValue value, TextPattern pattern) {
    String text = pattern.toString();
    Matcher urn = URN.matcher(text);
    while (urn.find()) {
      if (!text.startsWith(ServiceUrn.PREFIX, urn.start())) {
        return value.problem(
            "\"" + text + "\" matches no service: write it as in urn:service:sos, in lower case");
      }
    }
    return pattern;
  }

  /** What is wrong with a number that is a URN, or null if nothing is. */
  static @Nullable String mistake(String number) {
    boolean isUrn = URN.matcher(number).lookingAt();
    return !isUrn || ServiceUrn.is(number)
        ? null
        : "\"" + number + "\" is no service: write it as in urn:service:sos, in lower case";
  }

  /** Whether a route is meant for services. */
  static boolean isIn(When when) {
    return when.callee() != null && when.callee().toString().contains(ServiceUrn.PREFIX);
  }

  /**
   * A trunk that takes numbers only gets no call to a service.
   *
   * @param change what becomes of what was called, null for nothing
   */
  static void warn(
      Section section,
      When when,
      @Nullable Rewrite change,
      List<Target> targets,
      Map<String, Trunk> trunks) {
    boolean stays =
        change != null && change.isFixed()
            ? ServiceUrn.is(change.apply("", List.of("")))
            : isIn(when);
    if (!stays) {
      return;
    }
    for (Target target : targets) {
      if (target instanceof Target.ToTrunk(String name, _)
          && trunks.get(name) instanceof Trunk trunk
          && !trunk.profile().serviceUrns()) {
        section
            .place()
            .warning(
                "trunk "
                    + name
                    + " takes numbers only, so no call to a service: \"to\" in \"set\" gives one,"
                    + " \"service-urns: true\" in the trunk lets the URN pass");
      }
    }
  }
}
