package org.drawbridge.sim;

import org.drawbridge.policy.Replies;
import org.drawbridge.registrar.RegisterAnswer;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;

/** A registrar that takes everybody and keeps nothing; the real one has tests of its own. */
final class SimRegistrar {

  private SimRegistrar() {}

  /** Lets in whoever has come straight here. */
  static RegisterAnswer answer(SipRequest request, Flow flow) {
    boolean known = request.maxForwards() > 0;
    return new RegisterAnswer(Replies.start(request, known ? 200 : 483).build(), known);
  }
}
