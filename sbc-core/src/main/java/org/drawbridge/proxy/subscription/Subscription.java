package org.drawbridge.proxy.subscription;

import java.util.List;
import java.util.function.Consumer;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Replies;
import org.drawbridge.proxy.HostBody;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.SubscriptionState;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.Uri;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * One subscription of one subscriber at one notifier: two dialogs joined. Ends when the notifier
 * says so, when it expires, when a side no longer knows it, or when a side's connection is gone.
 */
final class Subscription {

  /** A refresh may be on its way when the time is up, ms. */
  private static final long LATENESS = 32_000;

  /** Of a notifier that does not say how long, seconds. */
  private static final long UNSAID = 3_600;

  /** However long a notifier says, seconds. */
  private static final long LONGEST = 86_400;

  private static final ResponseListener NOBODY =
      new ResponseListener() {
        @Override
        public void onResponse(ClientTransaction transaction, SipResponse response) {}

        @Override
        public void onFailure(ClientTransaction transaction, TransactionFailure failure) {}
      };

  private final Subscriptions all;
  private final Side subscriber;
  private final Side notifier;
  private final String event;
  private long expiresAt;
  private Timer timer;
  private boolean ended;

  Subscription(Subscriptions all, Side subscriber, Side notifier, String event) {
    this.all = all;
    this.subscriber = subscriber;
    this.notifier = notifier;
    this.event = event;
    expiresAt = all.now() + UNSAID * 1_000;
    timer = all.later(UNSAID * 1_000, this::onTimer);
  }

  Side subscriber() {
    return subscriber;
  }

  Side notifier() {
    return notifier;
  }

  /** A request that came in one of the dialogs. */
  void onRequest(Side side, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    if (!side.dialog().onRequest(request)) {
      transaction.respond(Replies.refuse(request, 500, "This request comes out of order"));
      return;
    }
    all.move(this, side, transaction.flow());
    if (side == subscriber && request.method() == Method.SUBSCRIBE) {
      refresh(transaction);
    } else if (side == notifier && request.method() == Method.NOTIFY) {
      notifySubscriber(transaction);
    } else {
      transaction.respond(
          Replies.refuse(request, 405, request.methodToken() + " has no place in a subscription"));
    }
  }

  private void refresh(ServerTransaction transaction) {
    send(
        notifier,
        Method.SUBSCRIBE,
        out -> EventHeaders.passSubscribe(transaction.request(), out),
        new Relayed(transaction, subscriber.dialog(), subscriber.contact(), this::onRefreshed));
  }

  private void onRefreshed(Relayed.Outcome outcome) {
    switch (outcome) {
      case Relayed.Outcome.Taken(SipResponse response) -> {
        notifier.dialog().onResponse(response);
        lasts(response.expires());
      }
      case Relayed.Outcome.Refused refused -> endIf(refused.isEnd());
    }
  }

  private void notifySubscriber(ServerTransaction transaction) {
    SipRequest request = transaction.request();
    SubscriptionState state = HeaderGrammar.subscriptionState(request.headers()).orNull();
    if (state == null) {
      transaction.respond(Replies.refuse(request, 400, "Subscription-State cannot be read"));
      return;
    }
    boolean last = state.state().equalsIgnoreCase("terminated");
    if (!last) {
      lasts(state.expires());
    }
    send(
        subscriber,
        Method.NOTIFY,
        out -> {
          EventHeaders.passNotify(request, state, out);
          passState(request, out);
        },
        new Relayed(
            transaction,
            notifier.dialog(),
            notifier.contact(),
            outcome -> endIf(last || outcome instanceof Relayed.Outcome.Refused no && no.isEnd())));
  }

  private void passState(SipRequest notify, MessageBuilder<SipRequest> out) {
    Dialog from = notifier.dialog();
    List<Uri> theirs = List.of(from.remote().uri(), from.remoteTarget());
    HostBody.pass(notify, theirs, subscriber.dialog().local().uri(), out);
  }

  /** Sends a request to a side, wherever it is now. */
  private void send(
      Side side,
      Method method,
      Consumer<MessageBuilder<SipRequest>> fill,
      ResponseListener listener) {
    all.reach(
        this,
        side,
        () -> {
          var out = side.dialog().request(method).header(HeaderName.CONTACT, side.contact());
          fill.accept(out);
          all.send(side, out.build(), listener);
        });
  }

  private void endIf(boolean over) {
    if (over) {
      end();
    }
  }

  /** A side's connection has been gone for too long. */
  void onLost(Side side) {
    if (ended) {
      return;
    }
    end();
    if (side == notifier) {
      String reason = notifier.isElsewhere() ? "deactivated" : "noresource";
      send(
          subscriber,
          Method.NOTIFY,
          out ->
              out.header(HeaderName.EVENT, event)
                  .header(HeaderName.SUBSCRIPTION_STATE, "terminated;reason=" + reason),
          NOBODY);
    } else {
      send(
          notifier,
          Method.SUBSCRIBE,
          out -> out.header(HeaderName.EVENT, event).header(HeaderName.EXPIRES, "0"),
          NOBODY);
    }
  }

  /** It lasts this many seconds from now, as its notifier said; a negative number says nothing. */
  void lasts(long seconds) {
    if (seconds >= 0 && !ended) {
      expiresAt = all.now() + Math.min(seconds, LONGEST) * 1_000 + LATENESS;
      timer.cancel();
      onTimer();
    }
  }

  private void onTimer() {
    long left = expiresAt - all.now();
    if (left <= 0) {
      end();
    } else {
      timer = all.later(left, this::onTimer);
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      timer.cancel();
      all.forget(this);
    }
  }
}
