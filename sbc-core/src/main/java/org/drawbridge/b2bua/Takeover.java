package org.drawbridge.b2bua;

import org.drawbridge.b2bua.fork.JoinInvitation;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.LegSide;
import org.drawbridge.b2bua.leg.LegTable;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.reach.Peer;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.SessionTimer;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.HeaderValue;
import org.drawbridge.sip.grammar.Replaces;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Another call of ours wants to take the place of one party of this one (RFC 3891 section 3). It
 * may when it speaks for the very account or trunk whose leg it replaces.
 */
final class Takeover {

  private final ServerTransaction invite;
  private final SipRequest request;
  private final Heirs heirs;
  private final String tag = Tokens.tag();

  /** The call whose answer it waits for. */
  private @Nullable Setup awaited;

  private Takeover(ServerTransaction invite, Heirs heirs) {
    this.invite = invite;
    this.request = invite.request();
    this.heirs = heirs;
  }

  /**
   * Follows or refuses an INVITE with Replaces that came from inside.
   *
   * @param heirs those that wait for an answer
   */
  static void follow(LegTable legs, Heirs heirs, ServerTransaction invite) {
    new Takeover(invite, heirs).follow(legs);
  }

  private void follow(LegTable legs) {
    if (!(HeaderGrammar.replaces(request.headers())
        instanceof HeaderValue.Present<Replaces>(Replaces replaces))) {
      refuse(400, "Replaces needs a Call-ID and both tags");
      return;
    }
    Leg replaced = legs.find(replaces);
    if (replaced == null) {
      refuse(481, "There is no such call to replace");
    } else if (!isAllowed(replaced, request)) {
      refuse(403, "Only a party of a call may replace itself");
    } else if (!Call.of(replaced).has(replaced)) {
      refuse(603, "The call to replace has ended");
    } else {
      follow(replaced, replaces);
    }
  }

  /** Whether a request from inside speaks for the party on this leg. */
  static boolean isAllowed(Leg replaced, SipRequest request) {
    String by = request.headers().first(JoinInvitation.ON_BEHALF_OF);
    return !(replaced.peer() instanceof Peer.Stranger) && replaced.peer().label().equals(by);
  }

  private void follow(Leg replaced, Replaces replaces) {
    switch (Call.of(replaced).phase()) {
      case Setup setup -> await(setup);
      case Ending _ -> refuse(603, "The call to replace has ended");
      case Talk _ -> {
        if (replaces.earlyOnly()) {
          refuse(486, "The call to replace has been answered");
        } else {
          join(replaced);
        }
      }
    }
  }

  /**
   * The caller of a call that still rings has left it to us: it rings on, and is joined as soon as
   * it is answered (RFC 5589 section 7.6). To whom it rings nothing changes, so no dialog is
   * replaced before there is somebody to talk to.
   */
  private void await(Setup setup) {
    if (setup.leaveTo(this)) {
      awaited = setup;
      heirs.add(invite, this);
      invite.respond(SipResponse.to(request, 180, ReasonPhrases.of(180), tag).build());
    } else {
      refuse(491, "The call to replace cannot be joined now");
    }
  }

  /** The call that this one waits for is answered, and its caller's place to be had. */
  void onAnswered(Leg caller) {
    heirs.remove(invite);
    join(caller);
  }

  /** The call that this one waits for has failed. */
  void onFailed(int status) {
    heirs.remove(invite);
    refuse(status, "The call to replace was not answered");
  }

  /** Who would have taken the caller's place is gone. */
  void withdraw() {
    heirs.remove(invite);
    refuse(487, "The transfer was given up");
    if (awaited != null) {
      awaited.stay();
    }
  }

  private void join(Leg replaced) {
    Call call = Call.of(replaced);
    Leg remaining = call.other(replaced);
    String sdp = Sdp.of(request);
    if (remaining == null || sdp == null || call.isDirect() || !remaining.isIdle()) {
      fail(replaced, 491, "The call to replace cannot be joined now");
      return;
    }
    MediaLeg media = media(call);
    if (media == null) {
      fail(replaced, 503, "No media for another leg");
    } else if (media.receiveOffer(sdp) instanceof SdpOutcome.Refused(int status, String reason)) {
      call.media().release(media);
      fail(replaced, status, reason);
    } else if (remaining.media().suits(media)) {
      join(replaced, remaining, media);
    } else {
      new Resumption(replaced, remaining, media).start();
    }
  }

  private void join(Leg replaced, Leg remaining, MediaLeg media) {
    Call call = Call.of(replaced);
    if (!(call.phase() instanceof Talk talk) || !call.has(replaced) || !call.has(remaining)) {
      call.media().release(media);
      refuse(603, "The call to replace has ended");
      return;
    }
    if (talk.isTransferring()) {
      call.media().release(media);
      refuse(491, "The call to replace is being transferred");
      return;
    }
    switch (media.makeAnswer(remaining.media())) {
      case AnswerOutcome.Answer(String answer) -> {
        Leg joining = leg(call, media);
        joining.line().hear(request);
        joining.line().introduce(replaced.line().known());
        talk.replace(replaced, joining);
        joining.accept(invite, answer);
      }
      case AnswerOutcome.Refused(int status, String reason) -> {
        call.media().release(media);
        fail(replaced, status, reason);
      }
    }
  }

  /** Where who was to be replaced has hung up already, nobody is left to talk to. */
  private void fail(Leg replaced, int status, String words) {
    refuse(status, words);
    Call call = Call.of(replaced);
    if (replaced.isHungUp() && call.has(replaced)) {
      call.end(EndCause.ofStatus(status, words));
    }
  }

  /**
   * Asks the party that stays for a session that fits whom it will talk to, as when it is on hold,
   * before anything else is changed.
   */
  private final class Resumption extends ReInvite {

    private final Leg replaced;
    private final Leg remaining;
    private final MediaLeg media;

    Resumption(Leg replaced, Leg remaining, MediaLeg media) {
      super(remaining);
      this.replaced = replaced;
      this.remaining = remaining;
      this.media = media;
    }

    void start() {
      offer(media);
    }

    @Override
    void onAccepted(@Nullable String answer) {
      remaining.idle();
      if (remaining.receiveAnswer(answer) == null) {
        join(replaced, remaining, media);
      } else {
        fail();
      }
    }

    @Override
    void onRefused(Failure failure) {
      fail();
    }

    private void fail() {
      remaining.media().rollback();
      remaining.idle();
      Call.of(replaced).media().release(media);
      Takeover.this.fail(replaced, 488, "The other party cannot be joined with this one");
    }
  }

  private @Nullable MediaLeg media(Call call) {
    try {
      return call.media()
          .newLeg("callee-" + call.nextBranch(), LegKind.LINK, invite.flow().remote().getAddress());
    } catch (MediaUnavailableException e) {
      return null;
    }
  }

  private Leg leg(Call call, MediaLeg media) {
    Dialog dialog = Dialog.uas(request, invite.flow(), tag);
    LegSide side = new LegSide(media.label(), new Peer.Inner(), invite.flow(), media);
    Leg leg = new Leg(call, side, dialog, Tokens.tag(), new SessionTimer(call.rules().session()));
    leg.learn(request);
    return leg;
  }

  private void refuse(int status, String words) {
    invite.respond(Replies.refuse(request, status, words));
  }
}
