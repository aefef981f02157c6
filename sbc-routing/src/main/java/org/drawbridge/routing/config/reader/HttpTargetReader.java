package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.config.Fallback;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code http} and what stands beside it: a service that is asked where calls go. */
final class HttpTargetReader {

  private static final List<String> BESIDE = List.of("timeout", "fallback", "headers");
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{2,64}");
  private static final int MAX_HEADERS = 20;

  private HttpTargetReader() {}

  static @Nullable Target read(Section section) {
    URI url = section.optional("http", HttpTargetReader::url);
    Duration timeout =
        section.optional(
            "timeout", Scalars.duration(Duration.ofMillis(100), Duration.ofSeconds(10)), TIMEOUT);
    Fallback fallback = section.optional("fallback", Scalars.oneOf(Fallback.class), Fallback.NEXT);
    List<String> headers = section.list("headers", HttpTargetReader::header, List.of());
    if (headers.size() > MAX_HEADERS) {
      section.place().problem("no more than " + MAX_HEADERS + " headers are told to a service");
    }
    if (!section.has("http")) {
      BESIDE.stream()
          .filter(section::has)
          .forEach(key -> section.place().problem("\"" + key + "\" belongs to http"));
    }
    return url == null ? null : new Target.Http(url, timeout, fallback, headers);
  }

  /** A service comes first, since all that follows is for when it does not answer. */
  static void check(YamlValue to, List<Target> targets) {
    if (targets.stream().skip(1).anyMatch(Target.Http.class::isInstance)) {
      to.problem("an http target comes first: those after it are for when it does not answer");
    }
  }

  private static @Nullable URI url(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    try {
      URI url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Said below, together with what else may be wrong.
    }
    return value.problem(
        "\"" + value.written() + "\" is not an address as in https://routes.example/decide");
  }

  private static @Nullable String header(YamlValue value) {
    String name = value.text();
    return name == null || HEADER.matches(name)
        ? name
        : value.problem("\"" + value.written() + "\" is not the name of a header");
  }
}
