package org.drawbridge.routing.config;

import org.drawbridge.routing.yaml.ConfigPlace;
import org.drawbridge.routing.yaml.YamlValue;

/**
 * A name of an account or of a group of accounts that the configuration uses. Whether there is one
 * is known only once the users file has been read, too.
 *
 * @param kind what it is the name of
 * @param name the name; of an account maybe with {@code @} and its domain
 * @param written the name as messages may repeat it, without what comes from the environment
 * @param place where it stands
 */
public record AccountMention(Kind kind, String name, String written, ConfigPlace place) {

  /** What a name is the name of. */
  public enum Kind {
    /** An account that is called. */
    ACCOUNT,
    /** A group whose accounts may use a route, or are limited together. */
    GROUP
  }

  /** The mention that a value of the file is. */
  public static AccountMention of(Kind kind, String name, YamlValue value) {
    return new AccountMention(kind, name, value.written(), value.position());
  }
}
