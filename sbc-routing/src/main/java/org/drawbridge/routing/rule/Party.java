package org.drawbridge.routing.rule;

import java.util.List;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.value.ServiceUrn;
import org.jspecify.annotations.Nullable;

/**
 * One end of a call as its URI names it.
 *
 * @param user the user part, unescaped, empty where the URI has none; of a service the whole URN
 *     (RFC 5031), in lower case
 * @param host the host part, without port, lower case
 */
public record Party(String user, String host) {

  /** Whether it is a service, such as {@code urn:service:sos}, and no number or name. */
  public boolean isService() {
    return ServiceUrn.is(user);
  }

  /** Whether an expression matches its user part, or one of the services that it is part of. */
  boolean matches(TextPattern pattern) {
    return ServiceUrn.known(user, pattern::matches) != null;
  }

  /** Its user part and what the groups of the expression that it matches captured. */
  List<String> groups(@Nullable TextPattern pattern) {
    String name = pattern == null ? null : ServiceUrn.known(user, pattern::matches);
    List<String> groups = pattern == null || name == null ? null : pattern.match(name);
    return groups == null ? List.of(user) : groups;
  }

  @Override
  public String toString() {
    return user.isEmpty() ? host : isService() ? user : user + "@" + host;
  }
}
