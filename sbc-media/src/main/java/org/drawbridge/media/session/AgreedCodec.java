package org.drawbridge.media.session;

import org.drawbridge.media.sdp.Codec;

/**
 * A codec both ends of a leg named.
 *
 * @param ours as our description has it: packets from the peer carry its payload type
 * @param theirs as the peer's has it: packets toward the peer carry its payload type
 */
record AgreedCodec(Codec ours, Codec theirs) {

  /** What both mean. */
  String format() {
    return ours.format();
  }
}
