package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;

/**
 * What we say of our audio.
 *
 * @param codecs in order of preference, under the leg's payload types
 * @param direction seen from us
 * @param packetization as the other peer asked
 * @param bundled whether the mid goes into a BUNDLE group
 * @param transport the attributes of the leg's kind
 */
record LocalAudio(
    List<Codec> codecs,
    Direction direction,
    Packetization packetization,
    boolean bundled,
    List<SdpLine> transport) {}
