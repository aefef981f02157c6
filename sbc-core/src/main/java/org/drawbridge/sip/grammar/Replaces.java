package org.drawbridge.sip.grammar;

/**
 * A Replaces value (RFC 3891): the dialog as its receiver sees it. {@code toString} is the header
 * value.
 *
 * @param toTag the receiver's own tag in that dialog
 * @param fromTag the other party's
 * @param earlyOnly whether only a dialog that is not confirmed may be replaced
 */
public record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {
  @Override
  public String toString() {
    return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
  }
}
