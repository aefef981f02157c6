package org.drawbridge.proxy.subscription;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Replies;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.NextHop;
import org.drawbridge.reach.Peer;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.ProxyPath;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions that are relayed on one loop, and the SUBSCRIBEs that have not made one yet.
 */
public final class Subscriptions {

  /** An account, or all strangers together, has no more than one in so many places. */
  private static final int SHARE = 10;

  private record Entry(Subscription subscription, Side side) {}

  private final CallServices services;
  private final Map<DialogId, Entry> dialogs = new HashMap<>();
  private final Map<FlowId, Set<Subscription>> byFlow = new HashMap<>();

  /** By the Call-ID of the SUBSCRIBE that was sent: it waits for the NOTIFYs that make dialogs. */
  private final Map<String, Asking> asking = new HashMap<>();

  /** How many places whoever has some has, by what logs call it. */
  private final Map<String, Integer> places = new HashMap<>();

  private final LongAdder refused = new LongAdder();

  /** Without subscriptions. */
  public Subscriptions(CallServices services) {
    this.services = services;
  }

  /** How many subscriptions there are, and SUBSCRIBEs that wait for one. */
  public int size() {
    return dialogs.size() / 2 + asking.size();
  }

  /** How many SUBSCRIBEs were refused because there were too many. Any thread. */
  public long refused() {
    return refused.sum();
  }

  /** A SUBSCRIBE outside a dialog, checked and admitted. */
  public void onSubscribe(ServerTransaction subscribe, Admitted admitted) {
    SipRequest request = subscribe.request();
    String event = EventHeaders.event(request);
    if (event == null) {
      subscribe.respond(Replies.refuse(request, 489, "Which event is wanted must be said"));
    } else if (request.contact() == null) {
      subscribe.respond(Replies.refuse(request, 400, "A Contact is needed to send NOTIFYs to"));
    } else if (isFull(subscribe, admitted)) {
      subscribe.respond(Replies.refuse(request, 503, "Too many subscriptions at once"));
    } else {
      route(subscribe, admitted, event);
    }
  }

  /** A trunk may be a PBX with all its phones behind it. */
  private boolean isFull(ServerTransaction request, Admitted admitted) {
    int most = services.limits().subscriptions();
    Peer peer = peer(request, admitted);
    boolean hasItsShare =
        peer.trunk() == null && places.getOrDefault(peer.label(), 0) >= Math.max(1, most / SHARE);
    boolean full = hasItsShare || size() >= most;
    if (full) {
      refused.increment();
    }
    return full;
  }

  /** Who sent a request that was admitted. */
  Peer peer(ServerTransaction request, Admitted admitted) {
    return Peer.of(
        admitted.source(), request.flow(), services.locations(), admitted.rules().trunks());
  }

  private void route(ServerTransaction subscribe, Admitted admitted, String event) {
    switch (admitted.decision()) {
      case RouteDecision.Refuse(int status, String reason, String route) ->
          subscribe.respond(
              Replies.refuse(subscribe.request(), status, reason + " (route " + route + ")"));
      case RouteDecision.Deliver route ->
          new Watch(this, services, subscribe, admitted, route, Wish.events(subscribe, event))
              .start();
    }
  }

  /**
   * A REFER outside a dialog, checked and admitted: the device that takes it tells by NOTIFY what
   * came of it (RFC 3515), as if it had been asked for the event {@code refer}.
   */
  public void onRefer(ServerTransaction refer, Admitted admitted) {
    SipRequest request = refer.request();
    if (request.contact() == null) {
      refer.respond(Replies.refuse(request, 400, "A Contact is needed to send NOTIFYs to"));
    } else if (isFull(refer, admitted)) {
      refer.respond(Replies.refuse(request, 503, "Too many subscriptions at once"));
    } else {
      switch (OutsideRefer.judge(refer, admitted)) {
        case OutsideRefer.Refused(SipResponse response) -> refer.respond(response);
        case OutsideRefer.Passes(RouteDecision.Deliver route, Wish wish) ->
            new Watch(this, services, refer, admitted, route, wish).start();
      }
    }
  }

  /** A SUBSCRIBE or NOTIFY with a To tag; false if it belongs to no subscription here. */
  public boolean onInDialog(ServerTransaction transaction) {
    SipRequest request = transaction.request();
    Entry entry = dialogs.get(DialogId.ofReceived(request));
    if (entry != null) {
      entry.subscription.onRequest(entry.side, transaction);
      return true;
    }
    Asking first = request.method() == Method.NOTIFY ? asking.get(request.callId()) : null;
    Subscription made = first == null ? null : first.onNotify(transaction);
    if (made == null) {
      return false;
    }
    made.onRequest(made.notifier(), transaction);
    return true;
  }

  /**
   * A stream is gone: its subscriptions wait a little for their peers to come back on another. A
   * trunk has not gone with it, nor who is behind a proxy: these are connected to anew when there
   * is something to tell.
   */
  public void onFlowClosed(Flow flow) {
    Set<Subscription> on = byFlow.remove(flow.id());
    if (on != null) {
      services
          .loop()
          .schedule(
              services.limits().lostGraceMillis(),
              () -> List.copyOf(on).forEach(subscription -> onGraceOver(subscription, flow)));
    }
  }

  private void onGraceOver(Subscription subscription, Flow gone) {
    for (Side side : List.of(subscription.subscriber(), subscription.notifier())) {
      if (side.dialog().flow().id().equals(gone.id())) {
        find(subscription, side);
        boolean isReachable =
            side.dialog().flow().isOpen()
                || side.peer() instanceof Peer.OfTrunk
                || side.peer().behindProxy(services.locations()) != null;
        if (!isReachable) {
          subscription.onLost(side);
        }
      }
    }
  }

  // ---- for the subscriptions

  long now() {
    return services.loop().now();
  }

  Timer later(long millis, Runnable task) {
    return services.loop().schedule(millis, task);
  }

  /** Does something once a side is found, at once or when it is connected to, or cannot be. */
  void reach(Subscription subscription, Side side, Runnable then) {
    find(subscription, side);
    Consumer<FlowResult> moved =
        result -> {
          if (result instanceof FlowResult.Obtained(Flow flow)) {
            move(subscription, side, flow);
          }
          then.run();
        };
    if (side.dialog().flow().isOpen()) {
      then.run();
      return;
    }
    Binding behind = side.peer().behindProxy(services.locations());
    if (side.peer() instanceof Peer.OfTrunk trunk) {
      NextHop.reconnect(services, side.dialog(), trunk, moved);
    } else if (behind != null) {
      ProxyPath.obtain(services.flows(), behind, services.loop(), moved);
    } else {
      then.run();
    }
  }

  /**
   * Moves a side whose connection is gone to where it has registered since. One over UDP never says
   * that it is gone, and a connection does so late: who is not registered there any more is where
   * it has registered last.
   */
  private void find(Subscription subscription, Side side) {
    Flow flow = side.dialog().flow();
    if (!flow.isOpen() || !side.peer().isRegistered(flow.id(), services.locations())) {
      Flow found = side.peer().find(services.locations(), services.flows());
      if (found != null) {
        move(subscription, side, found);
      }
    }
  }

  void send(Side side, SipRequest request, ResponseListener listener) {
    ResponseListener asked = side.credentials().apply(listener);
    services.transactions().send(request, side.dialog().flow(), asked);
  }

  void waitFor(String callId, Asking branch) {
    asking.put(callId, branch);
    takePlace(branch.subscriber());
  }

  void stopWaiting(String callId) {
    Asking branch = asking.remove(callId);
    if (branch != null) {
      leavePlace(branch.subscriber());
    }
  }

  private void takePlace(Peer subscriber) {
    places.merge(subscriber.label(), 1, Integer::sum);
  }

  private void leavePlace(Peer subscriber) {
    places.computeIfPresent(subscriber.label(), (_, taken) -> taken == 1 ? null : taken - 1);
  }

  void add(Subscription subscription) {
    takePlace(subscription.subscriber().peer());
    for (Side side : List.of(subscription.subscriber(), subscription.notifier())) {
      dialogs.put(side.dialog().id(), new Entry(subscription, side));
      index(subscription, side.dialog().flow());
    }
  }

  void forget(Subscription subscription) {
    leavePlace(subscription.subscriber().peer());
    for (Side side : List.of(subscription.subscriber(), subscription.notifier())) {
      dialogs.remove(side.dialog().id());
      unindex(subscription, side.dialog().flow());
    }
  }

  /** The peer of a side has shown up on a flow. */
  void move(Subscription subscription, Side side, Flow flow) {
    Flow before = side.dialog().flow();
    if (before.id().equals(flow.id())) {
      return;
    }
    side.dialog().moveTo(flow);
    if (dialogs.containsKey(side.dialog().id())) {
      unindex(subscription, before);
      index(subscription, subscription.subscriber().dialog().flow());
      index(subscription, subscription.notifier().dialog().flow());
    }
  }

  /** A UDP flow never closes, so it is not kept. */
  private void index(Subscription subscription, Flow flow) {
    if (flow.transport().isReliable() && flow.isOpen()) {
      byFlow.computeIfAbsent(flow.id(), _ -> new LinkedHashSet<>()).add(subscription);
    }
  }

  private void unindex(Subscription subscription, Flow flow) {
    @Nullable Set<Subscription> on = byFlow.get(flow.id());
    if (on != null && on.remove(subscription) && on.isEmpty()) {
      byFlow.remove(flow.id());
    }
  }
}
