package org.drawbridge.routing.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.pattern.TextPattern;

/**
 * Everything between the network and the SIP core: sockets, caps, defences, name servers and the
 * web pages.
 */
public record EdgeConfig(
    List<ListenerConfig> listeners,
    LimitsConfig limits,
    SecurityConfig security,
    WebConfig web,
    DnsConfig dns) {

  public EdgeConfig {
    listeners = List.copyOf(listeners);
  }

  /** The same with other listeners. */
  public EdgeConfig with(List<ListenerConfig> others) {
    return new EdgeConfig(others, limits, security, web, dns);
  }

  /**
   * Caps. Whatever comes above one of them is refused.
   *
   * @param all of all calls together
   * @param registrations bindings of all accounts together
   * @param connections TCP, TLS and WebSocket connections at once
   * @param connectionsPerAddress the same from one remote address
   * @param messageSize largest SIP message, in bytes
   */
  public record LimitsConfig(
      Limits all, int registrations, int connections, int connectionsPerAddress, int messageSize) {}

  /**
   * Defences against scanners and password guessing.
   *
   * @param dropUserAgents requests whose User-Agent contains one of these are dropped without an
   *     answer
   * @param authFailures how many failed logins earn a ban
   */
  public record SecurityConfig(List<TextPattern> dropUserAgents, AuthFailures authFailures) {

    public SecurityConfig {
      dropUserAgents = List.copyOf(dropUserAgents);
    }
  }

  /**
   * More than {@code max} failed logins from one address {@code within} a time earn it a {@code
   * ban}.
   *
   * @param max 0 bans nobody
   */
  public record AuthFailures(int max, Duration within, Duration ban) {}

  /**
   * The web pages on the ws and wss listeners.
   *
   * @param enabled whether they are served at all
   * @param root directory of the built pages
   */
  public record WebConfig(boolean enabled, Path root) {}
}
