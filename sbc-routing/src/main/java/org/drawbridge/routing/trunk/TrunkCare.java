package org.drawbridge.routing.trunk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a trunk wants beside calls.
 *
 * @param registration how we register there, or null where we need not
 * @param probe time between two OPTIONS requests to each of its targets, or null for none
 * @param upstream whether it is the PBX of a relayed domain: its accounts sign in there and answer
 *     its challenges themselves
 * @param account the account that it registers with us as, whose contacts are where it is; null
 *     where its targets are that
 */
public record TrunkCare(
    @Nullable TrunkRegistration registration,
    @Nullable Duration probe,
    boolean upstream,
    @Nullable TrunkAccount account) {

  /** Calls and nothing else. */
  public static final TrunkCare NONE = new TrunkCare(null, null, false, null);

  /** What a trunk of fixed targets wants. */
  public TrunkCare(
      @Nullable TrunkRegistration registration, @Nullable Duration probe, boolean upstream) {
    this(registration, probe, upstream, null);
  }
}
