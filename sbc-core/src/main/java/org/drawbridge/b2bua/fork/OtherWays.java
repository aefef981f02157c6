package org.drawbridge.b2bua.fork;

import org.drawbridge.loop.Timer;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.DeviceFlows;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.DeviceOffers;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Where one attempt may be repeated when it was the way that failed and not the called party: the
 * targets of a trunk's host, the flows of a device, or SRTP for one that will not have plain RTP.
 * Shared by the branches of that attempt.
 */
final class OtherWays {

  private final CallServices services;
  private final DeviceFlows flows;
  private final @Nullable TrunkTargets targets;
  private final DeviceOffers offers;
  private final @Nullable Trunk trunk;
  private @Nullable Timer silence;
  private @Nullable Candidate otherFlow;
  private boolean offersAgain;

  OtherWays(CallServices services, Candidate candidate) {
    this.services = services;
    this.flows = new DeviceFlows(services.locations());
    this.offers = new DeviceOffers(services.devices());
    this.trunk = candidate.trunk();
    this.targets =
        candidate instanceof Candidate.TrunkHost host ? new TrunkTargets(services, host) : null;
  }

  /** Null for a device. */
  @Nullable TrunkTargets targets() {
    return targets;
  }

  /** The flow of a device was no use; it may have others. */
  void flowFailed(Candidate over) {
    otherFlow = flows.after(over);
  }

  /** How the candidate's media is expected to be carried. */
  LegKind media(Candidate candidate, Flow flow) {
    return offers.kind(candidate, flow);
  }

  /**
   * The attempt was refused.
   *
   * @param offered how media was to be carried; {@link LegKind#LINK} where that is not ours to say
   */
  void refused(SipResponse refusal, LegKind offered) {
    if (refusal.status() == 503) {
      targetFailed(refusal);
    } else if (refusal.status() == 488 || refusal.status() == 606) {
      offersAgain = offers.refused(offered);
    }
  }

  /**
   * Whether a device that has answered takes nothing of our offer and may be offered something
   * else: some do not say so before somebody has picked up. Some answer with what they would have
   * liked to be offered: baresip with DTLS to keys in the description.
   */
  boolean takesNone(@Nullable String answer, MediaLeg media) {
    boolean wantsOther = answer != null && !media.isNegotiated() && wantsOther(answer, media);
    if (!wantsOther) {
      offers.taken(media.kind());
    }
    return wantsOther;
  }

  private boolean wantsOther(String answer, MediaLeg media) {
    offers.rang();
    offersAgain =
        services.media().isTurnedOff(answer)
            ? offers.refused(media.kind())
            : answeredOtherwise(services.media().kindOf(answer), media.kind());
    return offersAgain;
  }

  private boolean answeredOtherwise(LegKind answered, LegKind offered) {
    boolean other =
        switch (offered) {
          case RTP -> answered == LegKind.SDES || answered == LegKind.DTLS;
          case SDES -> answered == LegKind.DTLS;
          case WEBRTC -> answered == LegKind.WEBRTC_SERVER;
          case DTLS, WEBRTC_SERVER, LINK -> false;
        };
    return other && offers.offer(answered);
  }

  /** There is no connection to a device; it may have others. */
  void unreachable(Candidate over) {
    otherFlow = flows.afterUnreachable(over);
  }

  /** An INVITE is about to be taken back: a device may ring over another flow by now. */
  void follow(Candidate over, ClientTransaction sent) {
    flows.follow(over, sent, services.flows());
  }

  /** Whether it has another now. */
  boolean hasOtherFlow() {
    return otherFlow != null;
  }

  /** What to try after an attempt has failed; null if that failure is the answer to the call. */
  @Nullable Candidate after(Candidate failed) {
    Candidate other = otherFlow;
    otherFlow = null;
    boolean again = offersAgain || targets != null && targets.hasAnother();
    offersAgain = false;
    return other == null && again ? failed : other;
  }

  /** The target kept silent or broke the connection. */
  void targetBroke() {
    if (targets != null) {
      targets.broke();
    }
  }

  /** The target has answered 503. */
  private void targetFailed(SipResponse unavailable) {
    if (targets != null) {
      targets.failed(unavailable);
    }
  }

  /** The INVITE was sent: calls back if nothing at all is heard of a trunk in time. */
  void await(Runnable onSilence) {
    if (trunk != null) {
      silence = services.loop().schedule(trunk.tryTimeout().toMillis(), onSilence);
    }
  }

  /** Something was heard, or nobody listens any more. */
  void stopWaiting() {
    if (silence != null) {
      silence.cancel();
      silence = null;
    }
  }

  void heard(SipResponse response) {
    if (targets != null) {
      targets.heard(response);
    }
  }

  void progressed() {
    offers.rang();
    if (targets != null) {
      targets.progressed();
    }
  }
}
