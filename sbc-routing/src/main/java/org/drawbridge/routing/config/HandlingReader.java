package org.drawbridge.routing.config;

import java.util.List;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;

/** Reads how a route carries its calls: keys that stand beside {@code to}. */
final class HandlingReader {

  private HandlingReader() {}

  static CallHandling read(Section section, List<Target> targets) {
    YamlValue written = section.find("media");
    MediaPath media =
        section.optional("media", Scalars.oneOf(MediaPath.class), CallHandling.STANDARD.media());
    if (written != null
        && media == MediaPath.DIRECT
        && targets.stream().anyMatch(Target.Service.class::isInstance)) {
      written.problem("a service needs \"media: relay\": nobody else is there to send media to");
    }
    return new CallHandling(media);
  }
}
