package org.drawbridge.media.plane;

import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.PcmSource;

/**
 * What is played to a peer.
 *
 * @param codec how it is encoded
 * @param payloadType as the peer knows the codec
 * @param millis how much audio a packet holds
 * @param rate of the sound in Hz, one that the codec takes
 * @param sound read on the media loop
 * @param ended told on the media loop when the sound is over, not when it is stopped
 */
public record Playback(
    AudioCodec codec, int payloadType, int millis, int rate, PcmSource sound, Runnable ended) {}
