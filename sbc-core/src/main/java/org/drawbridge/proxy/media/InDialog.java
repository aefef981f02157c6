package org.drawbridge.proxy.media;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.RequestChecks;
import org.drawbridge.policy.Sdp;
import org.drawbridge.proxy.media.LegPair.Passed;
import org.drawbridge.proxy.media.RelayedCalls.Passage;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** Says what a request within a dialog means for its media. */
final class InDialog {

  private static final Set<Method> CARRIES_SDP =
      EnumSet.of(Method.INVITE, Method.ACK, Method.UPDATE, Method.PRACK);

  private final RelayedCall call;
  private final RelayedBranch branch;
  private final LegPair pair;
  private final MediaLeg from;
  private final SipRequest request;

  private InDialog(
      RelayedCall call, RelayedBranch branch, LegPair pair, boolean byCaller, SipRequest request) {
    this.call = call;
    this.branch = branch;
    this.pair = pair;
    this.from = byCaller ? pair.caller() : pair.callee();
    this.request = request;
  }

  static Passage of(RelayedCall call, SipRequest request, Flow flow, @Nullable Flow to) {
    if (hides(request)) {
      return request.method() == Method.ACK
          ? new Passage.Through(MessageCopy::noBody)
          : new Passage.Refused(RequestChecks.unreadable(request, call.counters()));
    }
    boolean byCaller = call.isCaller(request.fromTag());
    String tag = byCaller ? request.toTag() : request.fromTag();
    RelayedBranch branch = tag == null ? null : call.branch(tag);
    LegPair pair = branch == null ? null : branch.pair();
    if (tag == null || branch == null || pair == null || branch.isOfAnother(tag)) {
      return ofAnother(call, request);
    }
    InDialog here = new InDialog(call, branch, pair, byCaller, request);
    // Before the session is described anew: either may have gone to another network of ours.
    here.from.moved(flow.remote().getAddress());
    if (to != null) {
      pair.other(here.from).moved(to.remote().getAddress());
    }
    return here.passage();
  }

  private static boolean hides(SipRequest request) {
    return CARRIES_SDP.contains(request.method()) && Sdp.isHidden(request);
  }

  /**
   * A request of a call whose media has ended, or never began since its answer came too late: what
   * would need media is refused, and an ACK, which cannot be, turns it off.
   */
  static Passage ofEnded(RelayedCalls calls, SipRequest request) {
    String sdp = Sdp.of(request);
    boolean hides = hides(request);
    if (request.method() != Method.INVITE && sdp == null && !hides) {
      return Passage.AS_IT_IS;
    }
    if (request.method() != Method.ACK) {
      return new Passage.Refused(Replies.refuse(request, 481, "The media of this call has ended"));
    }
    return hides || sdp == null
        ? new Passage.Through(MessageCopy::noBody)
        : new Passage.Through(new OtherSdp(calls.turnedOff(sdp).getBytes(StandardCharsets.UTF_8)));
  }

  /** A request of a dialog whose media is not relayed, such as that of a fork that came second. */
  private static Passage ofAnother(RelayedCall call, SipRequest request) {
    String sdp = Sdp.of(request);
    return switch (request.method()) {
      case ACK ->
          sdp == null
              ? Passage.AS_IT_IS
              : new Passage.Through(new OtherSdp(call.inPlaceOf(null, sdp)));
      case INVITE -> notRelayed(request);
      case UPDATE, PRACK -> sdp == null ? Passage.AS_IT_IS : notRelayed(request);
      case BYE,
          CANCEL,
          REGISTER,
          OPTIONS,
          INFO,
          MESSAGE,
          SUBSCRIBE,
          NOTIFY,
          PUBLISH,
          REFER,
          EXTENSION ->
          Passage.AS_IT_IS;
    };
  }

  private static Passage notRelayed(SipRequest request) {
    return new Passage.Refused(
        Replies.refuse(request, 488, "The media of this dialog is not relayed"));
  }

  private Passage passage() {
    String sdp = Sdp.of(request);
    return switch (request.method()) {
      case BYE ->
          call.isAnsweredBy(branch) ? new Passage.Through(new Farewell(call)) : Passage.AS_IT_IS;
      case INVITE -> checked(sdp);
      case UPDATE -> sdp == null ? through(null) : checked(sdp);
      case PRACK -> sdp == null ? Passage.AS_IT_IS : pair.owes(from) ? answer(sdp) : checked(sdp);
      case ACK -> sdp == null ? Passage.AS_IT_IS : answer(sdp);
      case CANCEL, REGISTER, OPTIONS, INFO, MESSAGE, SUBSCRIBE, NOTIFY, PUBLISH, REFER, EXTENSION ->
          Passage.AS_IT_IS;
    };
  }

  private Passage checked(@Nullable String sdp) {
    SipResponse refusal = RequestChecks.passedBody(request, call.counters());
    if (refusal != null) {
      return new Passage.Refused(refusal);
    }
    if (pair.isOpen() || !call.mayChange(branch)) {
      return refused(491, "The session is being changed already");
    }
    call.changing(branch);
    if (sdp == null) {
      return through(null);
    }
    return switch (pair.offer(from, sdp)) {
      case Passed.As(byte[] offer) -> through(offer);
      case Passed.Refused(int status, String reason) -> refused(status, reason);
    };
  }

  private Passage through(byte @Nullable [] offer) {
    return new Passage.Through(new Exchange(call, pair, from, Sdp.of(request), offer));
  }

  private Passage refused(int status, String reason) {
    return new Passage.Refused(Replies.refuse(request, status, reason));
  }

  /** What answers the offer of a response; the same again where the ACK is repeated. */
  private Passage answer(String sdp) {
    byte[] answer = branch.answered(sdp);
    if (answer != null) {
      return new Passage.Through(new OtherSdp(answer));
    }
    if (!pair.owes(from)) {
      return instead(sdp);
    }
    switch (pair.answer(from, sdp)) {
      case Passed.As(byte[] body) -> {
        pair.settled();
        branch.answering(sdp, body);
        return new Passage.Through(new OtherSdp(body));
      }
      case Passed.Refused(_, String reason) -> {
        pair.rollback();
        call.unusable(from, reason, true);
        return instead(sdp);
      }
    }
  }

  private Passage instead(String sdp) {
    return new Passage.Through(new OtherSdp(call.inPlaceOf(pair.other(from), sdp)));
  }

  /** Other SDP, and nothing more. */
  private record OtherSdp(byte[] sdp) implements SessionBodies {
    @Override
    public void request(MessageCopy copy) {
      copy.content(Replies.SDP, sdp);
    }
  }

  /** A BYE: the call is over unless its sender has to sign it first. */
  private record Farewell(RelayedCall call) implements SessionBodies {
    @Override
    public void request(MessageCopy copy) {}

    @Override
    public void ended(int status) {
      if (status != 401 && status != 407) {
        call.close("BYE");
      }
    }
  }
}
