package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;

/**
 * What one leg's peer has to be told of the other's.
 *
 * @param from how the other carries media
 * @param codecs in its order
 * @param direction as it wishes
 * @param packetization how much media a packet should hold
 */
record Onward(LegKind from, List<Codec> codecs, Direction direction, Packetization packetization) {}
