package org.drawbridge.media.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a peer's description means for its leg.
 *
 * @param slots all its {@code m=} lines in order
 * @param audioIndex the slot of the audio we carry
 * @param audio that audio, null while the peer has turned it off
 * @param videoIndex the slot of the video we carry, -1 while there has been none
 * @param video that video, null while there is none we could carry
 */
record PeerDescription(
    List<MediaSlot> slots,
    int audioIndex,
    @Nullable PeerMedia audio,
    int videoIndex,
    @Nullable PeerMedia video) {

  int index(MediaType type) {
    return switch (type) {
      case AUDIO -> audioIndex;
      case VIDEO -> videoIndex;
    };
  }

  @Nullable PeerMedia media(MediaType type) {
    return switch (type) {
      case AUDIO -> audio;
      case VIDEO -> video;
    };
  }

  /** Where it takes media, null while it takes none. */
  @Nullable PeerTransport transport() {
    PeerMedia shown = audio == null ? video : audio;
    return shown == null ? null : shown.transport();
  }

  /** The mid of the media, null without. */
  @Nullable String mid(MediaType type) {
    return slots.get(index(type)).mid();
  }
}
