package org.drawbridge.upstream;

import java.time.Instant;

/**
 * Whether a target of a trunk answers.
 *
 * @param target its URI
 * @param up whether calls go there while others answer too
 * @param known whether anything was heard of it; else calls go there in good faith
 * @param since when this became so
 * @param reason what was last seen of it
 */
public record TargetStatus(
    String target, boolean up, boolean known, Instant since, String reason) {}
