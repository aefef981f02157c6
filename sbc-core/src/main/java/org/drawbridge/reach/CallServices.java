package org.drawbridge.reach;

import java.util.function.Supplier;
import org.drawbridge.limit.Meters;
import org.drawbridge.loop.Loop;
import org.drawbridge.media.api.MediaEngine;
import org.drawbridge.metrics.Counters;
import org.drawbridge.policy.TrunkStates;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.transaction.TransactionLayer;

/**
 * What the calls of one loop work with.
 *
 * @param loop the loop they live on
 * @param callIds mints Call-IDs that this loop owns
 * @param transactions the loop's transactions
 * @param reach ways to peers
 * @param media makes the media of calls
 * @param bounds what calls may cost us, asked each time
 * @param counters what is counted
 */
public record CallServices(
    Loop loop,
    Supplier<String> callIds,
    TransactionLayer transactions,
    Reach reach,
    MediaEngine media,
    Supplier<CallLimits> bounds,
    Counters counters) {

  /**
   * How others are reached.
   *
   * @param flows ways to peers
   * @param locations where accounts are
   * @param trunks how trunks stand
   * @param devices how media is carried to them where it is not plain RTP
   * @param meters how much of them all is used, against the limits of the configuration
   */
  public record Reach(
      Flows flows,
      LocationService locations,
      TrunkStates trunks,
      DeviceMedia devices,
      Meters meters) {}

  /** Bounds as they are now. */
  public CallLimits limits() {
    return bounds.get();
  }

  /** Ways to peers. */
  public Flows flows() {
    return reach.flows();
  }

  /** Where accounts are reached. */
  public LocationService locations() {
    return reach.locations();
  }

  /** What devices take in place of plain RTP. */
  public DeviceMedia devices() {
    return reach.devices();
  }

  /** Counts calls against the limits of the configuration. */
  public Meters meters() {
    return reach.meters();
  }

  /** How trunks stand. */
  public TrunkStates trunks() {
    return reach.trunks();
  }
}
