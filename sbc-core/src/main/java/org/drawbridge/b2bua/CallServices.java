package org.drawbridge.b2bua;

import java.util.function.Supplier;
import org.drawbridge.loop.Loop;
import org.drawbridge.media.api.MediaEngine;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.transaction.TransactionLayer;

/**
 * What the calls of one loop work with.
 *
 * @param loop the loop they live on
 * @param callIds mints Call-IDs that this loop owns
 * @param transactions the loop's transactions
 * @param flows ways to peers
 * @param locations where accounts are reached
 * @param media makes the media of calls
 * @param limits bounds
 */
public record CallServices(
    Loop loop,
    Supplier<String> callIds,
    TransactionLayer transactions,
    Flows flows,
    LocationService locations,
    MediaEngine media,
    CallLimits limits) {}
