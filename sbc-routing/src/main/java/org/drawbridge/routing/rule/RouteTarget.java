package org.drawbridge.routing.rule;

import java.util.List;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.Announcement;
import org.jspecify.annotations.Nullable;

/** One destination to try. */
public sealed interface RouteTarget {

  /** All contacts that the account has registered. */
  record Registrar(String user, String domain) implements RouteTarget {}

  /**
   * Accounts that are called together.
   *
   * @param rounds accounts that ring at once, one round after the other
   */
  record Accounts(List<List<Registrar>> rounds) implements RouteTarget {

    public Accounts {
      rounds = rounds.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A trunk, with the user part of the Request-URI to send there.
   *
   * @param user that, or the URN of a service, which is the whole Request-URI
   * @param route the Route values that its registrar asks of this caller alone (RFC 3608)
   */
  record ToTrunk(Trunk trunk, String user, List<String> route) implements RouteTarget {

    public ToTrunk {
      route = List.copyOf(route);
    }

    /** Where nothing is asked of the caller. */
    public ToTrunk(Trunk trunk, String user) {
      this(trunk, user, List.of());
    }
  }

  /**
   * A service of our own that serves the call itself.
   *
   * @param name {@code echo} or {@code announcement}
   * @param announcement what the latter plays
   */
  record Service(String name, @Nullable Announcement announcement) implements RouteTarget {}
}
