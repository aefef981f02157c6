package org.drawbridge.routing.rule;

/**
 * One end of a call as its SIP URI names it.
 *
 * @param user the user part, unescaped; empty where the URI has none
 * @param host the host part, without port, lower case
 */
public record Party(String user, String host) {

  @Override
  public String toString() {
    return user.isEmpty() ? host : user + "@" + host;
  }
}
