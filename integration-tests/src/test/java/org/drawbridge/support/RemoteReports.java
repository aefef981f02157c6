package org.drawbridge.support;

/**
 * What a browser's statistics tell of the RTCP reports of the other side about a call's audio.
 *
 * @param roundTrips how often a report told the round trip
 * @param roundTripSeconds the latest, negative before that
 * @param reports sender reports that came
 * @param packetsSent packets of which the latest of them speaks
 * @param wallClockMillis its time, since 1970
 */
public record RemoteReports(
    int roundTrips, double roundTripSeconds, int reports, long packetsSent, long wallClockMillis) {}
