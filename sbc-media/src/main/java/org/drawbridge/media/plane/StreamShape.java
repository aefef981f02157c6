package org.drawbridge.media.plane;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the packets of one {@code m=} line look like, from the peer's description: how they are told
 * from others that share their transport (RFC 9143 9.2), and which feedback the peer understands.
 *
 * @param mid what the mid extension says in its packets, null without
 * @param midExtension the id of that extension on this leg, 0 without
 * @param sources SSRCs the peer said it sends with
 * @param payloadTypes those of its formats
 * @param feedback what the peer may be sent
 */
public record StreamShape(
    @Nullable String mid,
    int midExtension,
    List<Integer> sources,
    Set<Integer> payloadTypes,
    Set<Feedback> feedback) {

  /** A shape with copies of the collections. */
  public StreamShape {
    sources = List.copyOf(sources);
    payloadTypes = Set.copyOf(payloadTypes);
    feedback = Set.copyOf(feedback);
  }
}
