package org.drawbridge.media.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a peer's description means for its leg.
 *
 * @param slots all its {@code m=} lines in order
 * @param audioIndex the slot of the audio we carry
 * @param audio that audio, null while the peer has turned it off
 */
record PeerDescription(List<MediaSlot> slots, int audioIndex, @Nullable PeerAudio audio) {}
