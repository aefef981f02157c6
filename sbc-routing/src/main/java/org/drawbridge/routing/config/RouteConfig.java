package org.drawbridge.routing.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.change.ChangeRules;
import org.drawbridge.routing.condition.Circumstance;
import org.drawbridge.routing.pattern.Rewrite;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.Announcement;
import org.jspecify.annotations.Nullable;

/**
 * One route as written: what it matches, what it changes and where it leads.
 *
 * @param name unique among the routes
 * @param when all conditions must hold
 * @param caller rewriting of the caller's user part, or null
 * @param callee rewriting of the callee's user part, or null
 * @param changes of the rest of the requests
 * @param action where the call goes
 */
public record RouteConfig(
    String name,
    When when,
    @Nullable Rewrite caller,
    @Nullable Rewrite callee,
    ChangeRules changes,
    Action action) {

  /**
   * Conditions; null holds for everyone.
   *
   * @param from who may use the route; null for accounts and trunks, so strangers must be named
   * @param method SIP method
   * @param caller user part of the From URI
   * @param callee user part of the Request-URI
   * @param callerDomain host of the From URI
   * @param calleeDomain host of the Request-URI
   * @param circumstances what else must hold, the cheapest first
   */
  public record When(
      @Nullable List<Source> from,
      @Nullable TextPattern method,
      @Nullable TextPattern caller,
      @Nullable TextPattern callee,
      @Nullable Domain callerDomain,
      @Nullable Domain calleeDomain,
      List<Circumstance> circumstances) {

    public When {
      circumstances = List.copyOf(circumstances);
    }
  }

  /** Kinds of sender a route may be limited to. */
  public sealed interface Source {

    /** Everyone; strangers still cannot reach a trunk by it. */
    record Anyone() implements Source {}

    /** Every account of ours. */
    record AnyAccount() implements Source {}

    /** Accounts whose name matches. */
    record Account(TextPattern name) implements Source {}

    /** Accounts of a group. */
    record Group(String name) implements Source {}

    /** One trunk. */
    record FromTrunk(String name) implements Source {}

    /** Senders that proved nothing. */
    record Stranger() implements Source {}
  }

  /** Condition on the host part of a URI. */
  public sealed interface Domain {

    /** One of our own domains. */
    record Local() implements Domain {}

    /** A host that matches. */
    record Named(TextPattern host) implements Domain {}
  }

  /** What a route does with a call. */
  public sealed interface Action {

    /**
     * Try targets in order.
     *
     * @param patience how long it waits
     */
    record Deliver(
        List<Target> targets, Patience patience, FailurePolicy onFailure, CallHandling handling)
        implements Action {

      public Deliver {
        targets = List.copyOf(targets);
      }
    }

    /** Refuse with this final status. */
    record Reject(int status, String reason) implements Action {}
  }

  /** A target as written. */
  public sealed interface Target {

    /** Whether it may lead to a trunk or another address outside, which may cost money. */
    default boolean leadsOut() {
      return !(this instanceof Registrar || this instanceof Accounts || this instanceof Service);
    }

    /** The contacts of the account that is called. */
    record Registrar() implements Target {}

    /**
     * A trunk.
     *
     * @param trunk its name
     * @param weight how often it comes before its neighbours that have a weight too; 0 for none
     */
    record ToTrunk(String trunk, int weight) implements Target {}

    /** A group of trunks, by name. */
    record ToGroup(String group) implements Target {}

    /**
     * An address outside.
     *
     * @param host it, as a trunk of its own
     * @param user user part of the Request-URI, or null for that of the call
     */
    record ToUri(Trunk host, @Nullable String user) implements Target {}

    /**
     * Accounts that are called together.
     *
     * @param names {@code name} or {@code name@domain}
     * @param ring in which order
     */
    record Accounts(List<String> names, Ring ring) implements Target {

      public Accounts {
        names = List.copyOf(names);
      }
    }

    /**
     * A service outside that is asked where the call goes.
     *
     * @param url where it is, http or https
     * @param timeout longest wait for its answer
     * @param fallback what holds without a usable answer
     * @param headers names of the headers of the request that it is told
     */
    record Http(URI url, Duration timeout, Fallback fallback, List<String> headers)
        implements Target {

      public Http {
        headers = List.copyOf(headers);
      }

      /** Where it is, for a log: without the query, which may hold what the service knows us by. */
      public String shown() {
        String text = url.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
      }
    }

    /**
     * A service of our own.
     *
     * @param name {@code echo} or {@code announcement}
     * @param announcement what the latter plays
     */
    record Service(String name, @Nullable Announcement announcement) implements Target {}
  }
}
