package org.drawbridge.routing.rule;

/** Which accounts belong to which group. Any thread may ask; a reload may change the answers. */
@FunctionalInterface
public interface AccountGroups {

  /** No account is in any group. */
  AccountGroups NONE = (_, _, _) -> false;

  /** Whether the account {@code account@domain} belongs to a group. */
  boolean isMember(String account, String domain, String group);
}
