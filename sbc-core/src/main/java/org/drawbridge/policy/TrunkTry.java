package org.drawbridge.policy;

/** One call's try of a trunk: it ends with a verdict, of which only the first counts. */
@FunctionalInterface
public interface TrunkTry {

  /** What one call tells of a trunk. */
  enum Verdict {
    /** It does its work, even where it refuses this call. */
    WORKS,
    /** It does not answer, or says that it cannot. */
    FAILS,
    /** The call ended before that could be seen. */
    UNKNOWN
  }

  /** A try that nobody judges. */
  TrunkTry UNJUDGED = _ -> {};

  /** The try is over. */
  void end(Verdict verdict);

  /** What the failure of a call tells of its trunk. */
  static Verdict verdict(Failure failure) {
    return switch (failure.status()) {
      case 500, 502, 503, 504 -> Verdict.FAILS;
      case 408 -> failure.response() == null ? Verdict.FAILS : Verdict.WORKS;
      default -> Verdict.WORKS;
    };
  }
}
