package org.drawbridge.ua;

import java.util.function.Predicate;
import org.drawbridge.account.Aor;
import org.drawbridge.event.Notifier;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Replies;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * SUBSCRIBE for what this server itself knows of an account: for the account's own user, and for
 * trunks that are trusted with it. Used on the loop of its notifier.
 */
public final class AccountEvents implements LocalEvents {

  private final Notifier notifier;
  private final LocationService locations;
  private final Predicate<String> watchers;

  /**
   * Takes its collaborators.
   *
   * @param locations knows which accounts there are
   * @param watchers whether a trunk may watch every account, asked by its name for each request
   */
  public AccountEvents(Notifier notifier, LocationService locations, Predicate<String> watchers) {
    this.notifier = notifier;
    this.locations = locations;
    this.watchers = watchers;
  }

  @Override
  public boolean onSubscribe(ServerTransaction subscribe, Admitted admitted) {
    SipRequest request = subscribe.request();
    if (!notifier.serves(request)) {
      return false;
    }
    if (!(request.requestUri() instanceof SipUri uri) || uri.user() == null) {
      subscribe.respond(Replies.refuse(request, 404, "The Request-URI names no account"));
      return true;
    }
    Aor resource = new Aor(uri.user(), uri.host());
    if (!maySee(admitted.source(), resource)) {
      subscribe.respond(
          Replies.refuse(request, 403, "Not one of those who may watch this account"));
    } else if (!locations.exists(resource)) {
      subscribe.respond(Replies.refuse(request, 404, "There is no such account"));
    } else {
      notifier.onSubscribe(subscribe, resource);
    }
    return true;
  }

  private boolean maySee(CallSource source, Aor resource) {
    return switch (source) {
      case CallSource.Registered(String user, String domain) ->
          resource.equals(new Aor(user, domain));
      case CallSource.FromTrunk(String name) -> watchers.test(name);
      case CallSource.Anonymous _ -> false;
    };
  }

  @Override
  public boolean onInDialog(ServerTransaction subscribe) {
    return notifier.takes(subscribe);
  }

  @Override
  public void onFlowClosed(Flow flow) {
    notifier.onFlowClosed(flow);
  }
}
