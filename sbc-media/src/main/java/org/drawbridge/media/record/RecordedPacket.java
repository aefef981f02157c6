package org.drawbridge.media.record;

/**
 * A copy of one RTP packet of a call that is recorded.
 *
 * @param nanos when it arrived, on the media loop's clock
 */
record RecordedPacket(
    int channel, long nanos, int ssrc, int payloadType, int timestamp, byte[] payload) {}
