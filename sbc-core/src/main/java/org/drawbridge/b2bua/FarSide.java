package org.drawbridge.b2bua;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.drawbridge.b2bua.fork.JoinInvitation;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.LegTable;
import org.drawbridge.policy.Replies;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.Peer;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.Replaces;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * A question to a call by the name of one of its dialogs, on whichever loop it lives: whether it is
 * a call of the one who names it, and what its far side calls it. A trunk that has the far side of
 * two calls of one phone can join them itself, and knows neither by the names that the phone has
 * for them (RFC 5589 section 7).
 */
final class FarSide implements ResponseListener {

  /** Says, inside only, whose call it has to be on the far side: the label of a {@code Peer}. */
  private static final String HELD_BY = "X-Drawbridge-Far-Side";

  private static final SipUri HERE = SipUri.of("far-side", "inner.invalid", -1);

  private final Consumer<@Nullable SipResponse> hearing;

  private FarSide(Consumer<@Nullable SipResponse> hearing) {
    this.hearing = hearing;
  }

  /**
   * Asks what the far side calls a call.
   *
   * @param from whose call is named
   * @param holder who has to be on its far side
   * @param hearing gets a Refer-To value for that side; null where somebody else is there, or the
   *     call is not answered, or is none of that party
   */
  static void ask(Leg from, Leg holder, Replaces named, Consumer<@Nullable String> hearing) {
    CallServices services = from.call().services();
    MessageBuilder<SipRequest> question =
        question(services, named, from.peer()).header(HELD_BY, holder.peer().label());
    send(
        services,
        named,
        question,
        answer ->
            hearing.accept(answer == null ? null : answer.headers().first(HeaderName.REFER_TO)));
  }

  /** Asks whether a call is one of this party, which may still ring where it has called. */
  static void askIfOwn(
      CallServices services, Replaces named, Peer party, Consumer<Boolean> hearing) {
    send(
        services,
        named,
        question(services, named, party),
        answer -> hearing.accept(answer != null));
  }

  private static MessageBuilder<SipRequest> question(
      CallServices services, Replaces named, Peer party) {
    return SipRequest.builder(Method.OPTIONS, HERE)
        .header(HeaderName.FROM, NameAddr.of(HERE).withTag(Tokens.tag()).toString())
        .header(HeaderName.TO, NameAddr.of(HERE).toString())
        .header(HeaderName.CALL_ID, services.callIds().get())
        .header(HeaderName.CSEQ, CSeq.of(1, Method.OPTIONS).toString())
        .header(HeaderName.MAX_FORWARDS, "70")
        .header(HeaderName.REPLACES, named.toString())
        .header(JoinInvitation.ON_BEHALF_OF, party.label());
  }

  /** Sends a question; what is heard is a success, or null. */
  private static void send(
      CallServices services,
      Replaces named,
      MessageBuilder<SipRequest> question,
      Consumer<@Nullable SipResponse> hearing) {
    Flow owner = services.flows().toOwner(named.callId());
    services.transactions().send(question.build(), owner, new FarSide(hearing));
  }

  /** Answers such a question. */
  static void tell(LegTable legs, ServerTransaction question) {
    SipRequest request = question.request();
    Replaces named = HeaderGrammar.replaces(request.headers()).orNull();
    Leg leg = named == null ? null : legs.find(named);
    Call call = leg != null && Takeover.isAllowed(leg, request) ? Call.of(leg) : null;
    String holder = request.headers().first(HELD_BY);
    if (leg == null || call == null || !call.has(leg)) {
      question.respond(Replies.refuse(request, 481, "There is no such call"));
    } else if (holder == null) {
      question.respond(answer(request).build());
    } else if (call.isTalking()
        && call.other(leg) instanceof Leg far
        && far.peer().label().equals(holder)
        && far.dialog().remote().uri() instanceof SipUri uri) {
      question.respond(
          answer(request).header(HeaderName.REFER_TO, referTo(uri, far.dialog().id())).build());
    } else {
      question.respond(Replies.refuse(request, 404, "Somebody else is on the far side"));
    }
  }

  private static MessageBuilder<SipResponse> answer(SipRequest question) {
    return SipResponse.to(question, 200, "OK", Tokens.tag());
  }

  /** As the peer of a dialog is told to have another take our place in it. */
  private static String referTo(SipUri peer, DialogId id) {
    Replaces seenByPeer = new Replaces(id.callId(), id.remoteTag(), id.localTag(), false);
    String escaped = URLEncoder.encode(seenByPeer.toString(), StandardCharsets.UTF_8);
    return "<" + peer.withoutHeaders() + "?Replaces=" + escaped + ">";
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isFinal()) {
      hearing.accept(response.isSuccess() ? response : null);
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    hearing.accept(null);
  }
}
