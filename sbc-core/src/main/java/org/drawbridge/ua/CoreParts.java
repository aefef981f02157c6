package org.drawbridge.ua;

import java.util.function.Supplier;
import org.drawbridge.b2bua.CallCounters;
import org.drawbridge.limit.Meters;
import org.drawbridge.loop.Shards;
import org.drawbridge.media.api.MediaEngine;
import org.drawbridge.policy.RelayedAccounts;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.policy.TrunkStates;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.sip.auth.Authenticator;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.drawbridge.upstream.RegisterRelay.RelaySettings;
import org.jspecify.annotations.Nullable;

/**
 * What the cores of all loops share; every part is thread-safe.
 *
 * @param shards which loop owns a Call-ID
 * @param flows ways to peers
 * @param accounts who may sign in and where accounts are
 * @param rules the configuration in force, asked for each request
 * @param media makes the media of calls
 * @param bounds caps and timers
 * @param counters counts calls
 */
public record CoreParts(
    Shards shards,
    Flows flows,
    AccountParts accounts,
    Supplier<Ruleset> rules,
    MediaEngine media,
    Bounds bounds,
    CallCounters counters) {

  /**
   * Everything about accounts.
   *
   * @param register answers REGISTER
   * @param authenticator asks senders who they are
   * @param locations where accounts are reached
   * @param secret gives random bytes, the same for all loops, and after a restart if it is kept
   *     where accounts are
   * @param upstream those whom we are a client of
   */
  public record AccountParts(
      RegisterHandler register,
      Authenticator authenticator,
      LocationService locations,
      Supplier<byte[]> secret,
      UpstreamParts upstream) {

    /** Without anyone whom we are a client of. */
    public AccountParts(
        RegisterHandler register,
        Authenticator authenticator,
        LocationService locations,
        Supplier<byte[]> secret) {
      this(register, authenticator, locations, secret, UpstreamParts.NONE);
    }
  }

  /**
   * Those whom we are a client of.
   *
   * @param trunks how trunks stand
   * @param relays PBXs behind us and who has signed in there; null where there is none
   */
  public record UpstreamParts(TrunkStates trunks, @Nullable RelaySettings relays) {

    /** Nobody. */
    public static final UpstreamParts NONE = new UpstreamParts(TrunkStates.UNKNOWN, null);

    /** Who has signed in at a PBX behind us. */
    public RelayedAccounts relayed() {
      return relays == null ? RelayedAccounts.NONE : relays.table();
    }
  }

  /**
   * Caps and timers of one loop, and what counts calls for all of them.
   *
   * @param calls caps, asked each time: a reload may change them
   * @param meters against the limits of the configuration
   */
  public record Bounds(
      Supplier<CallLimits> calls, TransactionSettings transactions, Meters meters) {}
}
