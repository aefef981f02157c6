package org.drawbridge.event;

import java.util.function.Consumer;
import org.drawbridge.account.Aor;
import org.drawbridge.event.EventSource.Watch;
import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Replies;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.dialog.SubscriptionEnd;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.jspecify.annotations.Nullable;

/**
 * One subscription (RFC 6665 section 4.2.1): answers its SUBSCRIBE requests and sends its NOTIFY
 * requests, one at a time and, unless they answer a SUBSCRIBE, not faster than one in some seconds
 * (RFC 3680 section 4.10). Used on its loop.
 */
final class Subscription implements ResponseListener {

  /** Between two NOTIFY requests that nobody asked for, in ms. */
  static final long PAUSE = 5_000;

  private static final byte[] NOTHING = {};

  /** Where a subscription lives, and who is told of its end. */
  record Home(Loop loop, TransactionLayer transactions, Consumer<Subscription> onEnd) {}

  private final Home home;
  private final EventSource source;
  private final String event;
  private final Dialog dialog;
  private String contact;
  private final @Nullable Watch watch;
  private @Nullable Timer expiry;
  private @Nullable Timer pause;
  private long expiresAt;
  private boolean changed;

  /** The subscriber has refused a document, so changes alone would mean nothing to it. */
  private boolean missed;

  private boolean sending;
  private boolean over;

  private Subscription(Home home, ServerTransaction subscribe, EventSource source, Aor resource) {
    SipRequest request = subscribe.request();
    this.home = home;
    this.source = source;
    this.event = String.valueOf(HeaderGrammar.event(request.headers()).orNull());
    this.dialog = Dialog.uas(request, subscribe.flow(), Tokens.tag());
    this.dialog.confirm();
    this.contact = LocalContact.of(subscribe.flow());
    this.watch = source.watch(resource, home.loop(), this::onChanged);
  }

  /** A subscription that has not been answered yet; null if the source takes no more. */
  static @Nullable Subscription open(
      Home home, ServerTransaction subscribe, EventSource source, Aor resource) {
    Subscription made = new Subscription(home, subscribe, source, resource);
    return made.watch == null ? null : made;
  }

  DialogId id() {
    return dialog.id();
  }

  Flow flow() {
    return dialog.flow();
  }

  EventSource source() {
    return source;
  }

  /** Whether a SUBSCRIBE comes after those before; else it is refused. */
  boolean isInOrder(ServerTransaction subscribe) {
    SipRequest request = subscribe.request();
    boolean inOrder = dialog.onRequest(request);
    if (!inOrder) {
      subscribe.respond(Replies.refuse(request, 500, "CSeq is older than one before"));
    }
    return inOrder;
  }

  /** The subscriber is reached over this flow from now on. */
  void moveTo(Flow flow) {
    dialog.moveTo(flow);
    contact = LocalContact.of(flow);
  }

  /** Answers a SUBSCRIBE and tells the whole state; 0 seconds end the subscription. */
  void refresh(ServerTransaction subscribe, int seconds) {
    SipRequest request = subscribe.request();
    subscribe.respond(
        SipResponse.to(request, 200, "OK", dialog.id().localTag())
            .copy(request, HeaderName.RECORD_ROUTE)
            .header(HeaderName.CONTACT, contact)
            .header(HeaderName.EXPIRES, Integer.toString(seconds))
            .build());
    cancel(expiry);
    expiresAt = home.loop().now() + seconds * 1000L;
    if (seconds == 0) {
      notify("terminated;reason=timeout", watch().full());
      end();
    } else {
      expiry = home.loop().schedule(seconds * 1000L, this::onExpiry);
      tell(watch().full());
    }
  }

  private void onExpiry() {
    notify("terminated;reason=timeout", NOTHING);
    end();
  }

  private void onChanged() {
    changed = true;
    tellChanges();
  }

  private void tellChanges() {
    if (over || sending || pause != null || !changed) {
      return;
    }
    changed = false;
    byte[] document = missed ? watch().full() : watch().changes();
    missed = false;
    if (document != null) {
      tell(document);
    }
  }

  private void tell(byte[] document) {
    long left = Math.max(0, (expiresAt - home.loop().now()) / 1000);
    sending = true;
    cancel(pause);
    pause = home.loop().schedule(PAUSE, this::onPauseOver);
    notify("active;expires=" + left, document);
  }

  private void onPauseOver() {
    pause = null;
    tellChanges();
  }

  private void notify(String state, byte[] document) {
    MessageBuilder<SipRequest> request =
        dialog
            .request(Method.NOTIFY)
            .header(HeaderName.CONTACT, contact)
            .header(HeaderName.EVENT, event)
            .header(HeaderName.SUBSCRIPTION_STATE, state);
    if (document.length > 0) {
      request.body(source.contentType(), document);
    }
    home.transactions().send(request.build(), dialog.flow(), this);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (!response.isFinal() || over) {
      return;
    }
    sending = false;
    if (SubscriptionEnd.isToldBy(response.status())) {
      end();
    } else {
      missed |= !response.isSuccess();
      tellChanges();
    }
  }

  /** One that was lost where the subscriber is no more says nothing: it was told all since. */
  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    if (transaction.flow().id().equals(dialog.flow().id())) {
      end();
    }
  }

  /** Forgets it without a word. */
  void end() {
    if (!over) {
      over = true;
      cancel(expiry);
      cancel(pause);
      watch().stop();
      home.onEnd().accept(this);
    }
  }

  private Watch watch() {
    if (watch == null) {
      throw new IllegalStateException("never opened");
    }
    return watch;
  }

  private static void cancel(@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
