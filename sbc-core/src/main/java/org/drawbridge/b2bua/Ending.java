package org.drawbridge.b2bua;

import java.util.List;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.policy.Replies;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.ServerTransaction;

/** An answered call that is over and says so to those who do not know it yet. */
final class Ending implements Phase {

  private final Call call;
  private int open;

  Ending(Call call) {
    this.call = call;
  }

  /** Hangs up on every leg whose peer has not hung up itself. */
  void start(EndCause cause) {
    call.media().close();
    for (Leg leg : call.all()) {
      leg.stopTimers();
      leg.refusePending(487, "The call has ended");
    }
    List<Leg> untold = call.all().stream().filter(leg -> !leg.isHungUp()).toList();
    open = untold.size();
    untold.forEach(leg -> leg.hangUp(cause.reasons(), this::onDone));
    if (open == 0) {
      call.over();
    }
  }

  private void onDone() {
    if (--open == 0) {
      call.over();
    }
  }

  @Override
  public void onRequest(Leg leg, ServerTransaction transaction) {
    transaction.respond(Replies.refuse(transaction.request(), 481, "The call has ended"));
  }

  @Override
  public void onBye(Leg leg, SipRequest bye) {
    // Crossed with ours, which its transaction ends.
  }

  @Override
  public void onAck(Leg leg, SipRequest ack) {
    // What waits for it is the leg's own BYE.
  }

  @Override
  public void onCancel(Leg leg, ServerTransaction invite, SipRequest cancel) {
    // The INVITE was refused when the call ended.
  }

  @Override
  public void onMedia(MediaEvent event) {
    // Of a session that is closed.
  }

  @Override
  public void onEnd(EndCause cause) {
    // It is ending.
  }
}
