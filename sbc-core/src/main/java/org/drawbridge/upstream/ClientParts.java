package org.drawbridge.upstream;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.drawbridge.loop.Loop;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.transaction.TransactionLayer;

/**
 * What requests of our own are sent with, on one signalling loop.
 *
 * @param loop where they live
 * @param callIds mints Call-IDs that this loop owns
 * @param transactions the loop's transactions
 * @param flows ways to peers
 * @param random spreads what would else happen everywhere at once
 */
public record ClientParts(
    Loop loop,
    Supplier<String> callIds,
    TransactionLayer transactions,
    Flows flows,
    Supplier<RandomGenerator> random) {

  /** A time between two shares of another, in ms; never less than 1. */
  long spread(long millis, double least, double most) {
    return Math.max(1, Math.round(millis * (least + (most - least) * random.get().nextDouble())));
  }
}
