package org.drawbridge.proxy;

import java.util.List;
import org.drawbridge.policy.Failure;
import org.drawbridge.sip.message.SipResponse;

/** Where a request is tried, and what follows what (RFC 3261 section 16.6). */
interface Stages {

  /** The places to try first, all at once; empty if there are none. */
  List<Hop> first();

  /**
   * The places to try after these failures; empty if the request has failed.
   *
   * @param best the failure that stands for the last places
   * @param noAnswer whether they ran out of time
   */
  List<Hop> next(Failure best, boolean noAnswer);

  /** What a failure of one place means for all that are tried with it. */
  default Failure judged(Failure failure) {
    return failure;
  }

  /** Why there was nothing to try at the target tried last. */
  Failure emptiness();

  /** How long a stage may take, in ms: timer C (RFC 3261 section 16.6 item 11). */
  long patience();

  /** Whether a sign that it goes on gives the request all its time again (RFC 3261 16.7 item 2). */
  boolean isProlonged();

  /** A branch has answered with a provisional response other than 100. */
  default void progressed() {}

  /** A branch has answered with a 2xx; there may be several. */
  default void succeeded(SipResponse success) {}

  /**
   * The request has its final response.
   *
   * @param status its status; 0 where its sender is gone
   */
  default void ended(int status) {}

  /** How long all stages together may take, in ms; 0 for as long as they need. */
  default long totalPatience() {
    return 0;
  }

  /** What logs call it. */
  String label();
}
