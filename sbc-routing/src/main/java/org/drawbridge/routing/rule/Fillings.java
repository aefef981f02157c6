package org.drawbridge.routing.rule;

import java.util.List;
import org.drawbridge.routing.change.HeaderTemplate;
import org.drawbridge.routing.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/**
 * What fills the headers of one call.
 *
 * @param to the expression that has matched the number as it was dialled, or null
 * @param caller after rewriting
 * @param callee after rewriting
 */
record Fillings(RouteQuery query, @Nullable TextPattern to, Party caller, Party callee)
    implements HeaderTemplate.Source {

  /** The same where the numbers go out as a trunk wants them. */
  Fillings with(String callerSeen, String calleeSeen) {
    return new Fillings(
        query, to, new Party(callerSeen, caller.host()), new Party(calleeSeen, callee.host()));
  }

  @Override
  public List<String> groups() {
    return query.callee().groups(to);
  }

  @Override
  public String place(String name) {
    return switch (name) {
      case "caller" -> caller.user();
      case "to" -> callee.user();
      case "source" -> source();
      default -> header(name.substring(HeaderTemplate.HEADER.length()));
    };
  }

  private String source() {
    return switch (query.source()) {
      case CallSource.Registered(String account, String domain) -> account + "@" + domain;
      case CallSource.FromTrunk(String name) -> name;
      case CallSource.Anonymous _ -> "anonymous";
    };
  }

  private String header(String name) {
    List<String> lines = query.facts().header(name);
    return lines.isEmpty() ? "" : lines.getFirst();
  }
}
