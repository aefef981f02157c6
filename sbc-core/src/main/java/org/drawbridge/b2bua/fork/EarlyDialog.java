package org.drawbridge.b2bua.fork;

import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.Unheard;
import org.drawbridge.policy.Sdp;
import org.drawbridge.reach.CallServices;
import org.drawbridge.sip.dialog.ReliableOrder;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * One dialog that provisional responses have made, and the PRACKs in it (RFC 3262 section 4). We
 * have offered in the INVITE, so no PRACK of ours carries a description.
 */
public final class EarlyDialog {

  private final Leg leg;
  private final boolean routed;
  private final ReliableOrder order = new ReliableOrder();
  private @Nullable String answer;
  private boolean settled;
  private boolean changed;

  EarlyDialog(Leg leg, boolean routed) {
    this.leg = leg;
    this.routed = routed;
  }

  /** The leg that this dialog will be if it is accepted. */
  public Leg leg() {
    return leg;
  }

  /** What its peer answered to our offer, last; null if nothing, or if that was changed since. */
  @Nullable String answer() {
    return changed ? null : answer;
  }

  /**
   * Whether its peer has answered our offer reliably, so that another may follow (RFC 3311 5.1).
   */
  public boolean isSettled() {
    return settled;
  }

  /** Whether an UPDATE has changed what the INVITE and its answer agreed on. */
  boolean isChanged() {
    return changed;
  }

  /** An UPDATE has changed what the INVITE and its answer agreed on. */
  public void markChanged() {
    changed = true;
  }

  /** Its requests are taken from now on. */
  void open() {
    leg.call().legs().add(leg);
  }

  /** Whether a provisional response is to be passed on; a reliable one is acknowledged. */
  boolean onProvisional(SipResponse response) {
    ReliableOrder.Heard heard = order.onResponse(response);
    if (heard == ReliableOrder.Heard.DROP) {
      return false;
    }
    leg.learn(response);
    String sdp = Sdp.of(response);
    if (sdp != null) {
      answer = sdp;
      settled |= heard == ReliableOrder.Heard.NEW;
    }
    if (heard == ReliableOrder.Heard.NEW) {
      acknowledge(response);
    }
    return true;
  }

  private void acknowledge(SipResponse response) {
    String rseq = response.headers().first(HeaderName.RSEQ);
    String rack = rseq + " " + response.cseq();
    SipRequest prack = leg.request(Method.PRACK).header(HeaderName.RACK, rack).build();
    Destination next = routed ? leg.elsewhere() : null;
    if (next == null) {
      leg.send(prack, new Unheard());
      return;
    }
    CallServices services = leg.call().services();
    services.flows().obtain(next, services.loop(), result -> sendOver(result, prack));
  }

  private void sendOver(FlowResult result, SipRequest prack) {
    if (result instanceof FlowResult.Obtained(var flow)) {
      leg.routeOver(flow);
    }
    leg.send(prack, new Unheard());
  }
}
