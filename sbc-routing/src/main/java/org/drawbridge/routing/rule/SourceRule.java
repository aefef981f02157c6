package org.drawbridge.routing.rule;

import java.util.List;
import org.drawbridge.routing.config.RouteConfig.Source;
import org.drawbridge.routing.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/** The {@code from} of a route: who may use it. Immutable. */
final class SourceRule {

  private static final String KNOWN_ONLY = "the sender is neither an account nor a trunk";

  private final @Nullable List<Source> sources;
  private final AccountGroups groups;
  private final String otherwise;

  SourceRule(@Nullable List<Source> sources, AccountGroups groups) {
    this.sources = sources;
    this.groups = groups;
    this.otherwise =
        sources == null
            ? KNOWN_ONLY
            : "the sender is not "
                + String.join(" or ", sources.stream().map(SourceRule::words).toList());
  }

  boolean admits(CallSource sender) {
    if (sources == null) {
      return !(sender instanceof CallSource.Anonymous);
    }
    return sources.stream().anyMatch(source -> admits(source, sender));
  }

  /** Whether the rule lets strangers in by name, and not just as part of everyone. */
  boolean namesStrangers() {
    return sources != null && sources.stream().anyMatch(Source.Stranger.class::isInstance);
  }

  /** Whether the rule names this trunk as a sender. */
  boolean namesTrunk(String trunk) {
    return sources != null && sources.contains(new Source.FromTrunk(trunk));
  }

  /** Why a sender is not admitted, in words. */
  String otherwise() {
    return otherwise;
  }

  private boolean admits(Source source, CallSource sender) {
    return switch (source) {
      case Source.Anyone() -> true;
      case Source.AnyAccount() -> sender instanceof CallSource.Registered;
      case Source.Account(var name) ->
          sender instanceof CallSource.Registered(String account, String domain)
              && (name.matches(account) || hasDomain(name) && name.matches(account + "@" + domain));
      case Source.Group(String group) ->
          sender instanceof CallSource.Registered(String account, String domain)
              && groups.isMember(account, domain, group);
      case Source.FromTrunk(String trunk) -> sender.equals(new CallSource.FromTrunk(trunk));
      case Source.Stranger() -> sender instanceof CallSource.Anonymous;
    };
  }

  /** Names have no @, so what has one is meant for an account and its domain. */
  private static boolean hasDomain(TextPattern name) {
    return name.toString().contains("@");
  }

  private static String words(Source source) {
    return switch (source) {
      case Source.Anyone() -> "anyone";
      case Source.AnyAccount() -> "a registered account";
      case Source.Account(var name) -> "account " + name;
      case Source.Group(String name) -> "an account of group " + name;
      case Source.FromTrunk(String trunk) -> "trunk " + trunk;
      case Source.Stranger() -> "anonymous";
    };
  }
}
