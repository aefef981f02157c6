package org.drawbridge.b2bua.leg;

import java.util.List;
import org.drawbridge.policy.Warnings;
import org.jspecify.annotations.Nullable;

/**
 * Why a call ended.
 *
 * @param by the leg whose peer hung up or failed, null if it was us
 * @param words one sentence for the log
 * @param reasons Reason values for the other side (RFC 3326)
 */
public record EndCause(@Nullable Leg by, String words, List<String> reasons) {

  /** With a copy of the list. */
  public EndCause {
    reasons = List.copyOf(reasons);
  }

  /** We end it; both sides are told why. */
  public static EndCause here(String words) {
    return ofStatus(500, words);
  }

  /** The same with what an operator may do about it, for the log alone. */
  public static EndCause here(String words, String advice) {
    return new EndCause(null, words + ": " + advice, here(words).reasons());
  }

  /** We end it with this status. */
  public static EndCause ofStatus(int status, String words) {
    return new EndCause(
        null, words, List.of("SIP;cause=" + status + ";text=" + Warnings.quoted(words)));
  }

  /** We end it to make room for an emergency call (RFC 4411). */
  public static EndCause preempted() {
    return new EndCause(
        null,
        "Ended for the sake of an emergency call",
        List.of("preemption;cause=5;text=\"Network Preemption\""));
  }

  /** A peer ended it and perhaps said why. */
  public static EndCause hungUp(Leg by, List<String> reasons) {
    return new EndCause(by, by.name() + " hung up", reasons);
  }

  /** A peer is gone: there is nobody left there to tell. */
  public static EndCause gone(Leg by, String words) {
    return new EndCause(by, words, List.of("SIP;cause=480;text=" + Warnings.quoted(words)));
  }

  /** It answers that there is no such dialog. */
  public static EndCause forgotten(Leg by) {
    return gone(by, by.name() + " does not know the call any more");
  }

  /** It answers nothing. */
  static EndCause unresponsive(Leg by) {
    return gone(by, by.name() + " does not respond any more");
  }
}
