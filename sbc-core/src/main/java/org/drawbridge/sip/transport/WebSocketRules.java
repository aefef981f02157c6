package org.drawbridge.sip.transport;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may turn an HTTP request into a WebSocket (RFC 7118, RFC 6455 section 10.2).
 *
 * @param paths request paths that may be upgraded, such as {@code /ws}; empty for all
 * @param origins values of the Origin header that may, such as {@code https://phone.example.com};
 *     empty for all. Clients other than browsers send no Origin and are let in: the list protects
 *     people whose browser another site makes use of.
 */
public record WebSocketRules(Set<String> paths, Set<String> origins) {

  /** Any path, any origin. */
  public static final WebSocketRules ANY = new WebSocketRules(Set.of(), Set.of());

  public WebSocketRules {
    paths = Set.copyOf(paths);
    origins = origins.stream().map(WebSocketRules::lower).collect(Collectors.toUnmodifiableSet());
  }

  boolean allowsPath(String path) {
    return paths.isEmpty() || paths.contains(path);
  }

  boolean allowsOrigin(String origin) {
    return origins.isEmpty() || origins.contains(lower(origin));
  }

  private static String lower(String origin) {
    return origin.toLowerCase(Locale.ROOT);
  }
}
