package org.drawbridge.upstream;

import java.time.Instant;

/**
 * Whether a target of a trunk answers.
 *
 * @param target its URI
 * @param up whether calls go there while others answer too
 * @param since when this became so
 * @param reason what was last seen of it
 */
public record TargetStatus(String target, boolean up, Instant since, String reason) {}
