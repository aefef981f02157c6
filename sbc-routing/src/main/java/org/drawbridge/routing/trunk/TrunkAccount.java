package org.drawbridge.routing.trunk;

/**
 * An account of ours that a PBX registers as, so that we know where its trunk leads.
 *
 * @param user the user part, unescaped; case matters
 * @param domain one of our own domains, in lower case
 */
public record TrunkAccount(String user, String domain) {

  @Override
  public String toString() {
    return user + "@" + domain;
  }
}
