package org.drawbridge.account;

import java.util.Locale;

/**
 * An address of record.
 *
 * @param user the user part, unescaped; case matters
 * @param domain the domain, in lower case
 */
public record Aor(String user, String domain) {

  /** Folds the domain to lower case (RFC 3261 19.1.4). */
  public Aor {
    domain = domain.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return user + "@" + domain;
  }
}
