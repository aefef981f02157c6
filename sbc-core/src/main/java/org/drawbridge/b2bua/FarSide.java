package org.drawbridge.b2bua;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.drawbridge.b2bua.fork.JoinInvitation;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.LegTable;
import org.drawbridge.policy.Replies;
import org.drawbridge.reach.CallServices;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.Replaces;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
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
 * What the far side of a call calls it: a trunk that has the far side of two calls of one phone can
 * join them itself, and knows neither by the names that the phone has for them (RFC 5589 section
 * 7). The question goes to the loop that the call lives on.
 */
final class FarSide implements ResponseListener {

  /** Says, inside only, whose call it has to be on the far side: the label of a {@code Peer}. */
  private static final String HELD_BY = "X-Drawbridge-Far-Side";

  private static final SipUri HERE = SipUri.of("far-side", "inner.invalid", -1);

  private final Consumer<@Nullable String> hearing;

  private FarSide(Consumer<@Nullable String> hearing) {
    this.hearing = hearing;
  }

  /**
   * Asks.
   *
   * @param from whose call is named
   * @param holder who has to be on its far side
   * @param hearing gets a Refer-To value for that side; null where somebody else is there, or the
   *     call is not answered, or is none of that party
   */
  static void ask(Leg from, Leg holder, Replaces named, Consumer<@Nullable String> hearing) {
    CallServices services = from.call().services();
    SipRequest question =
        SipRequest.builder(Method.OPTIONS, HERE)
            .header(HeaderName.FROM, NameAddr.of(HERE).withTag(Tokens.tag()).toString())
            .header(HeaderName.TO, NameAddr.of(HERE).toString())
            .header(HeaderName.CALL_ID, services.callIds().get())
            .header(HeaderName.CSEQ, CSeq.of(1, Method.OPTIONS).toString())
            .header(HeaderName.MAX_FORWARDS, "70")
            .header(HeaderName.REPLACES, named.toString())
            .header(JoinInvitation.ON_BEHALF_OF, from.peer().label())
            .header(HELD_BY, holder.peer().label())
            .build();
    services
        .transactions()
        .send(question, services.flows().toOwner(named.callId()), new FarSide(hearing));
  }

  /** Answers such a question. */
  static void tell(LegTable legs, ServerTransaction question) {
    SipRequest request = question.request();
    Replaces named = HeaderGrammar.replaces(request.headers()).orNull();
    Leg leg = named == null ? null : legs.find(named);
    Leg far = leg == null ? null : Takeover.otherSide(leg, request);
    if (far != null
        && far.peer().label().equals(request.headers().first(HELD_BY))
        && far.dialog().remote().uri() instanceof SipUri uri) {
      question.respond(
          SipResponse.to(request, 200, "OK", Tokens.tag())
              .header(HeaderName.REFER_TO, referTo(uri, far.dialog().id()))
              .build());
    } else {
      question.respond(Replies.refuse(request, 481, "There is no such call"));
    }
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
      hearing.accept(response.headers().first(HeaderName.REFER_TO));
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    hearing.accept(null);
  }
}
