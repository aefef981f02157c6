package org.drawbridge.b2bua;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.Unheard;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Referral;
import org.drawbridge.policy.Replies;
import org.drawbridge.sip.grammar.EventPackage;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.HeaderValue;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.Uri;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * REFERs that the other side carries out itself: they go on with a target that leads back to us, so
 * that nothing of their sender shows and the rules are asked once more, and the NOTIFYs about them
 * come back with nothing in them but the status (RFC 3515).
 */
final class PassedRefers {

  /** More that are not over yet are not remembered: nobody transfers one call that often. */
  private static final int MAX = 8;

  private static final Pattern STATUS =
      Pattern.compile("SIP/2\\.0 ([1-6]\\d\\d) .*", Pattern.DOTALL);

  /**
   * One that was passed on.
   *
   * @param from who sent it
   * @param event Event value of the subscription there
   */
  private record Passed(Leg from, Leg to, String event) {}

  private final Call call;
  private final Map<Long, Passed> bySeq = new LinkedHashMap<>();

  PassedRefers(Call call) {
    this.call = call;
  }

  /**
   * What is asked of the other side.
   *
   * @param from who asks
   * @param silent whether it wants to hear nothing of the outcome (RFC 4488)
   * @param event Event value of its subscription
   */
  record Wish(Leg from, ServerTransaction refer, boolean silent, String event) {}

  /** Passes on that somebody is to be called. */
  void pass(Wish wish, Leg to, Uri wanted) {
    Uri target =
        Referral.throughUs(call.rules(), wish.from().flow(), wanted, to.peer().home(call.rules()));
    if (target == null || bySeq.size() >= MAX) {
      SipRequest refer = wish.refer().request();
      wish.refer().respond(Replies.refuse(refer, 403, "This target cannot be passed on"));
    } else {
      Consumer<Failure> refusal = failure -> wish.from().refuse(wish.refer(), failure);
      send(wish, to, NameAddr.of(target).toString(), refusal);
    }
  }

  /**
   * Passes on that two calls are to be joined, which the other side has both.
   *
   * @param referTo names the other call as that side knows it
   * @param otherwise runs where it does not take that
   */
  void passJoin(Wish wish, Leg to, String referTo, Runnable otherwise) {
    if (bySeq.size() >= MAX) {
      otherwise.run();
      return;
    }
    send(
        wish,
        to,
        referTo,
        failure -> {
          if (failure.isForCaller()) {
            wish.from().refuse(wish.refer(), failure);
          } else {
            otherwise.run();
          }
        });
  }

  private void send(Wish wish, Leg to, String referTo, Consumer<Failure> refusal) {
    NameAddr sender = to.dialog().local().withoutTag().withDisplayName(null);
    var out =
        to.request(Method.REFER)
            .header(HeaderName.CONTACT, to.contact())
            .header(HeaderName.REFER_TO, referTo)
            .header(HeaderName.REFERRED_BY, sender.toString());
    boolean isHome = to.peer().isHomeOf(wish.from().peer());
    if (isHome) {
      Outgoing.passCredentials(wish.refer().request(), out);
    }
    if (wish.silent()) {
      out.header(HeaderName.REFER_SUB, "false");
    }
    SipRequest request = out.build();
    bySeq.put(request.cseq().seq(), new Passed(wish.from(), to, wish.event()));
    to.send(request, new Answer(wish, request.cseq().seq(), isHome, refusal));
  }

  /** Gives the sender the answer of the other side. */
  private final class Answer implements ResponseListener {

    private final Wish wish;
    private final long seq;
    private final boolean isHome;
    private final Consumer<Failure> refusal;

    Answer(Wish wish, long seq, boolean isHome, Consumer<Failure> refusal) {
      this.wish = wish;
      this.seq = seq;
      this.isHome = isHome;
      this.refusal = refusal;
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (response.isProvisional()) {
        return;
      }
      if (!response.isSuccess()) {
        fail(isHome ? Failure.ofHome(response) : Failure.of(response));
        return;
      }
      if (wish.silent()) {
        bySeq.remove(seq);
      }
      ReferNotifier.accept(wish.from(), wish.refer(), wish.silent());
    }

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      fail(Failure.ofStatus(504, "The other side did not respond"));
    }

    private void fail(Failure failure) {
      bySeq.remove(seq);
      refusal.accept(failure);
    }
  }

  /** A NOTIFY about a REFER that was passed on, or of something we know nothing of. */
  void onNotify(Leg from, ServerTransaction notify) {
    SipRequest request = notify.request();
    Passed passed = passed(from, request);
    Matcher status = STATUS.matcher(request.bodyLength() == 0 ? "" : request.bodyText());
    if (passed == null) {
      notify.respond(Replies.refuse(request, 481, "There is no such subscription"));
    } else if (!status.matches()) {
      notify.respond(Replies.refuse(request, 400, "A status line is wanted"));
    } else {
      notify.respond(from.response(request, 200).build());
      tell(passed, Integer.parseInt(status.group(1)), isLast(request));
    }
  }

  private @Nullable Passed passed(Leg from, SipRequest notify) {
    if (!(HeaderGrammar.event(notify.headers())
            instanceof HeaderValue.Present<EventPackage>(EventPackage event))
        || !event.type().equalsIgnoreCase("refer")) {
      return null;
    }
    for (Map.Entry<Long, Passed> one : bySeq.entrySet()) {
      boolean meant = event.id() == null || event.id().equals(one.getKey().toString());
      if (meant && one.getValue().to() == from) {
        if (isLast(notify)) {
          bySeq.remove(one.getKey());
        }
        return one.getValue();
      }
    }
    return null;
  }

  private static boolean isLast(SipRequest notify) {
    String state = notify.headers().first(HeaderName.SUBSCRIPTION_STATE);
    return state != null && state.strip().startsWith("terminated");
  }

  private void tell(Passed passed, int status, boolean last) {
    Leg to = passed.from();
    if (call.has(to)) {
      to.send(ReferNotifier.notification(to, passed.event(), status, last), new Unheard());
    }
  }
}
