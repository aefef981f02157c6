package org.drawbridge.limit;

/**
 * Why a limit keeps a call out.
 *
 * @param status what the caller is answered
 * @param words one sentence for Warning and log
 */
public record Refusal(int status, String words) {}
