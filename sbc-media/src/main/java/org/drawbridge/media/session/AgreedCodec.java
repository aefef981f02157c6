package org.drawbridge.media.session;

import org.drawbridge.media.sdp.Codec;

/**
 * A codec both ends of a leg named.
 *
 * @param ours as our description has it: packets from the peer carry its payload type
 * @param theirs as the peer's has it: packets toward the peer carry its payload type
 */
record AgreedCodec(Codec ours, Codec theirs) {

  /** Whether lost packets of it are sent again in a format of their own (RFC 4588). */
  boolean isRepaired() {
    return ours.repair() >= 0 && theirs.repair() >= 0;
  }

  /** What both mean. */
  String format() {
    return ours.format();
  }
}
