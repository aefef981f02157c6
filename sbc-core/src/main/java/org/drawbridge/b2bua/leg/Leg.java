package org.drawbridge.b2bua.leg;

import java.util.List;
import org.drawbridge.limit.Hold;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.reach.Contacts;
import org.drawbridge.reach.NextHop;
import org.drawbridge.reach.Peer;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.SessionTimer;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * One side of a call: the dialog with its peer, the flow to it, its media and where offer and
 * answer stand. Used on the loop of its call only.
 */
public final class Leg {

  /** Where offer and answer stand (RFC 6337). */
  public enum Exchange {
    /** Nobody waits for an answer. */
    IDLE,
    /** The peer has offered and waits for our answer. */
    ANSWERING,
    /** We have offered and wait for the response. */
    OFFERING,
    /** We have offered in a response and wait for the answer in its ACK or PRACK. */
    AWAITING_ANSWER
  }

  private final LegOwner call;
  private final LegSide side;
  private final Dialog dialog;
  private final String opaque;
  private final LegTimers timers;
  private final FlowWatch flowWatch;
  private final OwedAck owedAck = new OwedAck();
  private final PictureInfo pictures = new PictureInfo(this);
  private final ConnectedLine line = new ConnectedLine(this);
  private Exchange exchange = Exchange.IDLE;
  private @Nullable ServerTransaction pending;
  private boolean allowsUpdate;
  private boolean hungUp;
  private boolean ours;
  private @Nullable Hold hold;

  /**
   * A leg whose timers do not run yet.
   *
   * @param opaque the user of the Contact we show its peer
   */
  public Leg(LegOwner call, LegSide side, Dialog dialog, String opaque, SessionTimer timer) {
    this.call = call;
    this.side = side;
    this.dialog = dialog;
    this.opaque = opaque;
    this.timers = new LegTimers(call, this, timer);
    this.flowWatch = new FlowWatch(call, this);
    dialog.translateTarget(uri -> side.peer().target(uri, call.services().locations()));
  }

  /** The call it is a side of. */
  public LegOwner call() {
    return call;
  }

  /** What logs call it. */
  public String name() {
    return side.name();
  }

  /** Who is there. */
  public Peer peer() {
    return side.peer();
  }

  /** Its media. */
  public MediaLeg media() {
    return side.media();
  }

  /** The dialog with its peer. */
  public Dialog dialog() {
    return dialog;
  }

  /** How its peer is reached now. */
  public Flow flow() {
    return dialog.flow();
  }

  /** Who its peer says to be, and is told to talk to. */
  public ConnectedLine line() {
    return line;
  }

  /** Its session timer, and its wait for an ACK. */
  public LegTimers timers() {
    return timers;
  }

  /** What becomes of it when its flow is gone. */
  public FlowWatch flowWatch() {
    return flowWatch;
  }

  /** Requests go over this flow from now on, because the peer wants them elsewhere. */
  public void routeOver(Flow flow) {
    Flow from = flow();
    dialog.moveTo(flow);
    call.legs().moved(this, from, flow);
  }

  /**
   * Where requests go that are not meant for the far end of the flow: {@link NextHop#elsewhere}.
   */
  public @Nullable Destination elsewhere() {
    return NextHop.elsewhere(dialog, peer());
  }

  // ---- offer and answer

  /** Where offer and answer stand. */
  public Exchange exchange() {
    return exchange;
  }

  /** Whether a new offer may be made: no answer and no ACK is waited for. */
  public boolean isIdle() {
    return exchange == Exchange.IDLE && !timers.isAwaitingAck();
  }

  /** We offer in a request. */
  public void offering() {
    exchange = Exchange.OFFERING;
  }

  /** A request of the peer whose answer needs the other side. */
  public void answering(ServerTransaction request) {
    exchange = Exchange.ANSWERING;
    pending = request;
  }

  /** We have offered in a response that is to be acknowledged with the answer. */
  public void awaitAnswer() {
    exchange = Exchange.AWAITING_ANSWER;
  }

  /** Offer and answer are through, or were given up. */
  public void idle() {
    exchange = Exchange.IDLE;
    pending = null;
  }

  /** Answers what is still open with a refusal, because the call is over. */
  public void refusePending(int status, String words) {
    if (pending != null && !pending.isAnswered()) {
      refuse(pending, status, words);
    }
    idle();
  }

  /** Takes the peer's answer to our offer; returns why it is of no use, null if it is. */
  public @Nullable String receiveAnswer(@Nullable String sdp) {
    if (sdp == null) {
      return "The other side answered without a session description";
    }
    return media().receiveAnswer(sdp) instanceof SdpOutcome.Refused(_, String reason)
        ? reason
        : null;
  }

  // ---- responses to the peer

  /**
   * The start of an answer to a request of the peer, with Contact and abilities where they belong.
   */
  public MessageBuilder<SipResponse> response(SipRequest request, int status) {
    MessageBuilder<SipResponse> out = dialog.response(request, status, ReasonPhrases.of(status));
    boolean refreshes = request.method() == Method.INVITE || request.method() == Method.UPDATE;
    if (refreshes && status > 100 && status < 300) {
      out.header(HeaderName.CONTACT, contact()).header(HeaderName.ALLOW, allow());
      line.describe(out);
    }
    if (refreshes && status >= 200 && status < 300) {
      out.header(HeaderName.SUPPORTED, Replies.SUPPORTED);
    }
    return out;
  }

  /** Refuses a request of the peer. */
  public void refuse(ServerTransaction transaction, int status, String words) {
    MessageBuilder<SipResponse> out = response(transaction.request(), status);
    Replies.explain(out, status, words);
    transaction.respond(out.build());
  }

  /** Refuses a request of the peer because of how it went on the other side. */
  public void refuse(ServerTransaction transaction, Failure failure) {
    int status = failure.statusForCaller(true);
    MessageBuilder<SipResponse> out = response(transaction.request(), status);
    failure.describe(out, status);
    transaction.respond(out.build());
  }

  /**
   * Answers an INVITE or UPDATE with 200; that of an INVITE is repeated until its ACK comes.
   *
   * @param sdp what it carries, null for nothing
   */
  public void accept(ServerTransaction transaction, @Nullable String sdp) {
    SipRequest request = transaction.request();
    MessageBuilder<SipResponse> out = response(request, 200);
    timers.accept(request, out);
    if (sdp != null) {
      out.body(Replies.SDP, Sdp.bytes(sdp));
    }
    SipResponse success = out.build();
    transaction.respond(success);
    idle();
    if (request.method() == Method.INVITE) {
      dialog.confirm();
      timers.awaitAck(transaction, success);
    }
  }

  /** Answers an INVITE with 200 and an offer, to be answered in the ACK. */
  public void acceptWithOffer(ServerTransaction invite, String offer) {
    accept(invite, offer);
    awaitAnswer();
  }

  /** Answers an UPDATE without SDP, which touches neither offer nor answer that may be open. */
  public void refresh(ServerTransaction transaction) {
    MessageBuilder<SipResponse> out = response(transaction.request(), 200);
    timers.accept(transaction.request(), out);
    transaction.respond(out.build());
  }

  /** What we show the peer as our Contact. */
  public String contact() {
    return Contacts.of(flow(), opaque);
  }

  private String allow() {
    return Replies.allow(peer().trunk());
  }

  // ---- requests to the peer

  /** The next request of ours in the dialog. */
  public MessageBuilder<SipRequest> request(Method method) {
    MessageBuilder<SipRequest> out = dialog.request(method);
    if (method == Method.INVITE || method == Method.UPDATE) {
      out.header(HeaderName.CONTACT, contact())
          .header(HeaderName.ALLOW, allow())
          .header(HeaderName.SUPPORTED, Replies.SUPPORTED);
      timers.ask(out);
      line.describe(out);
    }
    return out;
  }

  /** Sends a request of {@link #request}, over a new flow if the peer has one since. */
  public void send(SipRequest request, ResponseListener listener) {
    LegSender.send(this, request, listener);
  }

  /** What asks the peer for whole pictures. */
  PictureInfo pictures() {
    return pictures;
  }

  /** What a peer says it takes, in an INVITE or a response to one. */
  public void learn(SipMessage message) {
    allowsUpdate |= HeaderGrammar.allow(message.headers()).contains(Method.UPDATE.token());
  }

  /** It did not take one, whatever it had said. */
  void refusesUpdate() {
    allowsUpdate = false;
  }

  /** Whether its peer takes an UPDATE (RFC 3311). */
  public boolean allowsUpdate() {
    return allowsUpdate;
  }

  /**
   * Our INVITE made this dialog.
   *
   * @param rest hears what else comes of the INVITE once it is acknowledged
   */
  public void answered(ClientTransaction transaction, SipResponse response, FurtherAnswers rest) {
    learn(response);
    timers.onSuccess(response);
    owedAck.owe(transaction, rest);
    ours = true;
  }

  /** Whether we began the dialog, and so own its Call-ID (RFC 3261 section 14.1). */
  public boolean isOurs() {
    return ours;
  }

  /** A 2xx to an INVITE or UPDATE of ours inside the dialog. */
  public void refreshed(ClientTransaction transaction, SipResponse response) {
    dialog.onResponse(response);
    timers.onSuccess(response);
    if (transaction.request().method() == Method.INVITE) {
      FurtherAnswers rest = new FurtherAnswers(call.services().transactions());
      owedAck.owe(transaction, rest);
    }
  }

  /** Acknowledges the 2xx to an INVITE of ours; its repeats are nobody's concern any more. */
  public void ack() {
    owedAck.send(dialog);
  }

  /** Acknowledges the 2xx that made this dialog and hangs up, as nobody waits for it any more. */
  public void discard() {
    owedAck.hangUp(dialog);
  }

  // ---- hanging up

  /** Whether either side has sent a BYE. */
  public boolean isHungUp() {
    return hungUp;
  }

  /** The peer has hung up. */
  public void markHungUp() {
    hungUp = true;
  }

  /** Sends a BYE, once an ACK that is still owed has come or is given up (RFC 3261 section 15). */
  public void hangUp(List<String> reasons, Runnable done) {
    hungUp = true;
    timers.whenAcked(() -> Farewell.send(this, reasons, done));
  }

  // ---- limits

  /** It has this of the limits from now on. */
  public void holds(@Nullable Hold taken) {
    hold = taken;
  }

  /** Whether it has anything of the limits. */
  public boolean isHolding() {
    return hold != null;
  }

  /** It has nothing of the limits any more. */
  public void release() {
    if (hold != null) {
      hold.release();
    }
  }

  // ---- the end

  /** Starts the session timer; for a callee, whose call began with its answer. */
  public void startTimers() {
    timers.start();
  }

  /** The session is refreshed no more, and a lost peer not looked for. */
  public void stopTimers() {
    timers.stopSession();
    flowWatch.stop();
  }

  /** Leaves the tables; nothing is sent. */
  public void close() {
    stopTimers();
    timers.stop();
    release();
    call.legs().remove(this);
  }
}
