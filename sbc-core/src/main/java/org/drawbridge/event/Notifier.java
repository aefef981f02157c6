package org.drawbridge.event;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.drawbridge.account.Aor;
import org.drawbridge.loop.Loop;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.RequestChecks;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.grammar.EventPackage;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one signalling loop (RFC 6665 section 4.2): makes, refreshes and ends them.
 * Used on that loop.
 */
public final class Notifier {

  /** Shorter is refused with 423, in seconds. */
  static final int MIN_EXPIRES = 60;

  /** Longer is cut to this, in seconds. */
  static final int MAX_EXPIRES = 7_200;

  private final Loop loop;
  private final TransactionLayer transactions;
  private final Map<String, EventSource> sources;
  private final int capacity;
  private final Map<DialogId, Subscription> byDialog = new HashMap<>();
  private final Map<FlowId, Set<Subscription>> byFlow = new HashMap<>();

  /**
   * Starts without subscriptions.
   *
   * @param sources what can be subscribed to
   * @param capacity how many subscriptions there may be; one more is refused with 503
   */
  public Notifier(
      Loop loop, TransactionLayer transactions, Collection<EventSource> sources, int capacity) {
    this.loop = loop;
    this.transactions = transactions;
    this.sources =
        sources.stream().collect(Collectors.toMap(EventSource::name, Function.identity()));
    this.capacity = capacity;
  }

  /** How many subscriptions there are. */
  public int size() {
    return byDialog.size();
  }

  /** Whether a request is a SUBSCRIBE outside a dialog for one of our packages. */
  public boolean serves(SipRequest request) {
    return request.method() == Method.SUBSCRIBE
        && request.toTag() == null
        && source(request) != null;
  }

  /** Takes a request if it belongs to one of our subscriptions; false if not. */
  public boolean takes(ServerTransaction transaction) {
    DialogId id = DialogId.ofReceived(transaction.request());
    Subscription subscription = id == null ? null : byDialog.get(id);
    if (subscription == null) {
      return false;
    }
    SipRequest request = transaction.request();
    SipResponse refusal = RequestChecks.inDialog(request);
    if (refusal != null) {
      transaction.respond(refusal);
    } else if (request.method() == Method.SUBSCRIBE) {
      int expires = expires(transaction, subscription.source());
      if (expires >= 0) {
        refresh(subscription, transaction, expires);
      }
    } else {
      transaction.respond(Replies.refuse(request, 405, "Only SUBSCRIBE is served in this dialog"));
    }
    return true;
  }

  /**
   * Makes a subscription, or refuses it.
   *
   * @param subscribe a request that {@link #serves} is true for, of somebody who may have it
   * @param resource what it is about
   */
  public void onSubscribe(ServerTransaction subscribe, Aor resource) {
    SipRequest request = subscribe.request();
    EventSource source = source(request);
    if (source == null) {
      subscribe.respond(Replies.refuse(request, 489, "No such event package is served here"));
      return;
    }
    if (request.contact() == null) {
      subscribe.respond(Replies.refuse(request, 400, "A Contact is needed to send NOTIFYs to"));
      return;
    }
    if (!accepts(request, source)) {
      subscribe.respond(
          Replies.refuse(request, 406, "This package is told in " + source.contentType()));
      return;
    }
    int expires = expires(subscribe, source);
    if (expires >= 0) {
      begin(subscribe, source, resource, expires);
    }
  }

  private void begin(ServerTransaction subscribe, EventSource source, Aor resource, int expires) {
    Subscription subscription =
        size() < capacity
            ? Subscription.open(
                new Subscription.Home(loop, transactions, this::onEnd), subscribe, source, resource)
            : null;
    if (subscription == null) {
      subscribe.respond(
          Replies.refuse(subscribe.request(), 503, "No more subscriptions of this kind"));
      return;
    }
    byDialog.put(subscription.id(), subscription);
    index(subscription);
    refresh(subscription, subscribe, expires);
  }

  /** Whoever knows both tags is told where it is now, as after a change of networks. */
  private void refresh(Subscription subscription, ServerTransaction subscribe, int expires) {
    if (!subscription.isInOrder(subscribe)) {
      return;
    }
    if (!subscription.flow().id().equals(subscribe.flow().id())) {
      unindex(subscription);
      subscription.moveTo(subscribe.flow());
      index(subscription);
    }
    subscription.refresh(subscribe, expires);
  }

  /** A stream is gone, and with it whoever was told over it. */
  public void onFlowClosed(Flow flow) {
    Set<Subscription> lost = byFlow.get(flow.id());
    if (lost != null) {
      List.copyOf(lost).forEach(Subscription::end);
    }
  }

  private void onEnd(Subscription subscription) {
    byDialog.remove(subscription.id());
    unindex(subscription);
  }

  private void index(Subscription subscription) {
    byFlow.computeIfAbsent(subscription.flow().id(), _ -> new HashSet<>()).add(subscription);
  }

  private void unindex(Subscription subscription) {
    byFlow.computeIfPresent(
        subscription.flow().id(),
        (_, all) -> {
          all.remove(subscription);
          return all.isEmpty() ? null : all;
        });
  }

  private @Nullable EventSource source(SipRequest request) {
    EventPackage event = HeaderGrammar.event(request.headers()).orNull();
    return event == null ? null : sources.get(event.type());
  }

  /** No Accept means the package's own type. */
  private static boolean accepts(SipRequest request, EventSource source) {
    List<String> accepted = request.headers().values(HeaderName.ACCEPT);
    return accepted.isEmpty()
        || accepted.stream()
            .map(range -> range.split(";", 2)[0].strip())
            .anyMatch(
                range ->
                    range.equals("*/*")
                        || range.equalsIgnoreCase("application/*")
                        || range.equalsIgnoreCase(source.contentType()));
  }

  /** Seconds asked for, within our bounds; -1 after a refusal. */
  private static int expires(ServerTransaction subscribe, EventSource source) {
    SipRequest request = subscribe.request();
    long asked = request.expires() < 0 ? source.defaultExpires() : request.expires();
    if (asked > 0 && asked < MIN_EXPIRES) {
      subscribe.respond(
          Replies.refusal(request, 423, "Interval Too Brief")
              .header(HeaderName.MIN_EXPIRES, Integer.toString(MIN_EXPIRES))
              .build());
      return -1;
    }
    return (int) Math.min(asked, MAX_EXPIRES);
  }
}
