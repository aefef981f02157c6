package org.drawbridge.proxy.media;

import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Sdp;
import org.drawbridge.reach.DeviceOffers;
import org.drawbridge.reach.ExpectedMedia;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** One branch of an INVITE outside a dialog: whom it is for has a leg and an offer of its own. */
public final class RelayedBranch implements SessionBodies {

  private final RelayedCall call;
  private @Nullable LegPair pair;
  private @Nullable Exchange exchange;
  private @Nullable String winner;
  private @Nullable String lastAnswer;
  private byte @Nullable [] lastAnswerPassed;

  RelayedBranch(RelayedCall call) {
    this.call = call;
  }

  /** Makes the leg that media on the way found needs; gives the way back, or why there is none. */
  public FlowResult prepare(Candidate candidate, DeviceOffers offers, FlowResult found) {
    if (!(found instanceof FlowResult.Obtained(Flow flow))) {
      return found;
    }
    LegKind kind = offers.kind(candidate, flow);
    if (pair != null && pair.callee().kind() == kind) {
      return found;
    }
    try {
      MediaLeg callee = call.newLeg(kind, ExpectedMedia.of(candidate), flow);
      callee.dtmf(ExpectedMedia.inMediaOf(candidate));
      begin(callee);
      return found;
    } catch (MediaUnavailableException e) {
      return new FlowResult.Unreachable("no media for another leg: " + e.getMessage());
    }
  }

  private void begin(MediaLeg callee) {
    release();
    LegPair made = call.pair(callee);
    exchange =
        new Exchange(
            call,
            made,
            made.caller(),
            Sdp.of(call.invite()),
            call.hasOffer() ? made.offerToCallee() : null);
    pair = made;
  }

  @Override
  public void request(MessageCopy copy) {
    if (exchange != null) {
      exchange.request(copy);
    }
  }

  @Override
  public byte[] response(SipResponse response) {
    String tag = response.toTag();
    if (exchange == null || tag == null || !call.isOpenTo(this) || isOfAnother(tag)) {
      return ofAnother(response);
    }
    call.seen(tag, this);
    if (response.isSuccess()) {
      winner = tag;
      call.answered(this);
    }
    return exchange.response(response);
  }

  /** A response of a dialog whose media is not relayed: nobody learns where it would be. */
  private byte[] ofAnother(SipResponse response) {
    String sdp = Sdp.of(response);
    if (sdp == null) {
      return SessionBodies.withoutSdp(response);
    }
    if (!SessionBodies.isReliable(response)) {
      return SessionBodies.withoutBody(response);
    }
    String offer = Sdp.of(call.invite());
    return SessionBodies.withSdp(response, call.inPlaceOf(null, offer == null ? sdp : offer));
  }

  /** Only the first to answer at the far end of a branch has its media. */
  boolean isOfAnother(String tag) {
    return winner != null && !winner.equals(tag);
  }

  /** What became of this answer in an ACK or PRACK, if it is the last that came in one. */
  byte @Nullable [] answered(String sdp) {
    return sdp.equals(lastAnswer) ? lastAnswerPassed : null;
  }

  /** An answer came in an ACK or PRACK and is passed on like this. */
  void answering(String sdp, byte[] passed) {
    lastAnswer = sdp;
    lastAnswerPassed = passed;
  }

  /** The legs, once there is a way. */
  @Nullable LegPair pair() {
    return pair;
  }

  /** How its media was offered to be carried; null before there was a way. */
  public @Nullable LegKind offered() {
    return pair == null ? null : pair.callee().kind();
  }

  /** Whether an offer of ours was answered with something that can be used. */
  public boolean isNegotiated() {
    return pair != null && pair.callee().isNegotiated();
  }

  /** Whether a leg is this branch's own. */
  boolean has(MediaLeg leg) {
    return pair != null && pair.callee() == leg;
  }

  /** Nobody will answer here any more, unless another way is {@link #prepare prepared}. */
  public void release() {
    if (pair != null) {
      call.release(pair.callee());
      pair = null;
      exchange = null;
    }
  }
}
