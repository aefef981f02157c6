package org.drawbridge.ua;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.drawbridge.loop.Loop;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Admission.Outcome.Asking;
import org.drawbridge.routeservice.RouteServices;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * Requests that wait for a route service. Their senders may take them back meanwhile. Used on one
 * loop.
 */
final class OpenQuestions {

  private final Loop loop;
  private final Set<ServerTransaction> open = new HashSet<>();
  private RouteServices services = RouteServices.NONE;

  OpenQuestions(Loop loop) {
    this.loop = loop;
  }

  /** Who asks; to be called before the first request. */
  void askBy(RouteServices asker) {
    services = asker;
  }

  /** Asks; {@code then} is called on the loop, unless the request is taken back before. */
  void ask(ServerTransaction transaction, Asking asking, Consumer<Admitted> then) {
    open.add(transaction);
    services.ask(
        asking.question(),
        transaction.request().callId(),
        loop,
        decision -> {
          if (open.remove(transaction)) {
            then.accept(asking.decided(decision));
          }
        });
  }

  /** Whether a request was waiting, and does so no more. */
  boolean drop(ServerTransaction transaction) {
    return open.remove(transaction);
  }
}
