package org.drawbridge.app.running;

import org.drawbridge.registrar.NatKeepAlive;
import org.drawbridge.registrar.RegisterAnswer;
import org.drawbridge.registrar.Registrar;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.ua.RegisterHandler;
import org.jspecify.annotations.Nullable;

/** The registrar, and pings for the phones that it has let in. Thread-safe. */
final class KeptRegistrations implements RegisterHandler {

  private final Registrar registrar;
  private volatile @Nullable NatKeepAlive keepAlive;

  KeptRegistrations(Registrar registrar) {
    this.registrar = registrar;
  }

  /** Pings flows from now on; the loops that ping are made after the registrar. */
  void keepAlive(NatKeepAlive pings) {
    keepAlive = pings;
  }

  @Override
  public RegisterAnswer onRegister(SipRequest request, Flow flow) {
    RegisterAnswer answer = registrar.onRegister(request, flow);
    NatKeepAlive pings = keepAlive;
    if (answer.response().isSuccess() && pings != null) {
      pings.onRegistered(flow);
    }
    return answer;
  }
}
