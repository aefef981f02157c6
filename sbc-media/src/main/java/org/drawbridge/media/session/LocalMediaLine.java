package org.drawbridge.media.session;

import java.util.List;
import java.util.Map;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;

/**
 * What we say of our audio or video.
 *
 * @param port where we receive it
 * @param codecs in order of preference, under the leg's payload types, with the feedback we pass
 * @param extensions ids of header extensions by URI
 * @param direction seen from us
 * @param packetization as the other peer asked
 * @param bundled whether the mid goes into a BUNDLE group
 * @param transport the attributes of the leg's kind
 */
record LocalMediaLine(
    int port,
    List<Codec> codecs,
    Map<String, Integer> extensions,
    Direction direction,
    Packetization packetization,
    boolean bundled,
    List<SdpLine> transport) {}
