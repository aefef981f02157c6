package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.Unheard;
import org.drawbridge.policy.Replies;
import org.drawbridge.reach.Peer;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Calls that were joined one to the next with nobody at either end: somebody who has both ends of
 * such a row joins them too (RFC 3891). None of them would ever end, since each keeps the next one
 * up. A question goes from call to call inside; the one that hears its own ends.
 */
final class Circle {

  /** Says, inside only, which call asks. */
  private static final String ASKED_BY = "X-Drawbridge-Circle-Of";

  /** A row of more calls is not followed to its end. */
  private static final int MAX_CALLS = 70;

  private Circle() {}

  /** Ends a call, which has just been joined with another, if that leads back to it. */
  static void breakUp(Call call) {
    if (call.all().stream().allMatch(Circle::isInner)) {
      ask(call.all().getLast(), call.id(), MAX_CALLS);
    }
  }

  private static boolean isInner(@Nullable Leg leg) {
    return leg != null && leg.peer() instanceof Peer.Inner;
  }

  private static void ask(Leg leg, String of, int hops) {
    MessageBuilder<SipRequest> question = leg.request(Method.OPTIONS).header(ASKED_BY, of);
    question.replace(HeaderName.MAX_FORWARDS, Integer.toString(hops));
    leg.send(question.build(), new Unheard());
  }

  /** An OPTIONS inside a call: answered, and where it is such a question, passed on. */
  static void onOptions(Call call, Leg from, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    transaction.respond(Replies.options(request));
    String asked = isInner(from) ? request.headers().first(ASKED_BY) : null;
    Leg next = call.other(from);
    if (asked == null || !isInner(next)) {
      return;
    }
    if (asked.equals(call.id())) {
      call.end(EndCause.here("The calls that were joined have nobody at either end"));
    } else if (next != null && request.maxForwards() > 0) {
      ask(next, asked, request.maxForwards() - 1);
    }
  }
}
