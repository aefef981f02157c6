package org.drawbridge.ua;

import org.drawbridge.registrar.RegisterAnswer;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;

/** Answers REGISTER. Thread-safe: requests of one account may come on several loops. */
@FunctionalInterface
public interface RegisterHandler {

  /**
   * Handles one REGISTER at once.
   *
   * @param flow what it came over, and so what its contacts are reached over
   * @return the final response, and whether its receiver is who sent the request
   */
  RegisterAnswer onRegister(SipRequest request, Flow flow);
}
