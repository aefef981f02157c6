package org.drawbridge.registrar;

import java.util.function.Predicate;
import org.drawbridge.account.Aor;

/**
 * Bounds of what clients may ask of the registrar.
 *
 * @param minExpires shortest binding taken, in seconds; shorter is refused with 423
 * @param maxExpires longest binding given, in seconds; longer is cut to it
 * @param defaultExpires how long a binding lasts when the client does not say, in seconds
 * @param contactsPerAccount how many bindings one account may have; one more replaces the one
 *     refreshed longest ago
 * @param trunks which accounts are those of trunks, and so may register for all their numbers at
 *     once (RFC 6140)
 */
public record RegistrarSettings(
    int minExpires,
    int maxExpires,
    int defaultExpires,
    int contactsPerAccount,
    Predicate<Aor> trunks) {

  /** Where no account is that of a trunk. */
  public RegistrarSettings(
      int minExpires, int maxExpires, int defaultExpires, int contactsPerAccount) {
    this(minExpires, maxExpires, defaultExpires, contactsPerAccount, _ -> false);
  }
}
