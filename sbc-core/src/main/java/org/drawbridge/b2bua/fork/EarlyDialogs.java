package org.drawbridge.b2bua.fork;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.drawbridge.b2bua.leg.FurtherAnswers;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Reasons;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.jspecify.annotations.Nullable;

/**
 * The dialogs that the responses to one INVITE of ours make: one, or several where it was forked
 * downstream (RFC 3261 section 12.1.2). Those of provisional responses are known by their To tag
 * until the branch ends.
 */
final class EarlyDialogs {

  /** A fork downstream that makes more than these is not listened to until one of them answers. */
  private static final int MAX = 8;

  private final TransactionLayer transactions;
  private final BranchInvite invite;
  private final Candidate.@Nullable TrunkHost trunk;
  private final Map<String, EarlyDialog> byTag = new LinkedHashMap<>();
  private boolean closed;

  /**
   * None yet.
   *
   * @param candidate whom the INVITE goes to: a trunk's route set and Contact are followed, and its
   *     answers are awaited after its refusal
   */
  EarlyDialogs(TransactionLayer transactions, BranchInvite invite, Candidate candidate) {
    this.transactions = transactions;
    this.invite = invite;
    this.trunk = candidate instanceof Candidate.TrunkHost host ? host : null;
  }

  /** Whether a provisional response is to be passed on; a reliable one is acknowledged. */
  boolean onProvisional(SipResponse response, ClientTransaction transaction) {
    String tag = response.toTag();
    if (tag == null) {
      return true;
    }
    EarlyDialog known = byTag.get(tag);
    if (known == null) {
      if (byTag.size() >= MAX) {
        return false;
      }
      Dialog dialog = Dialog.uac(transaction.request(), response, flow(transaction));
      known = new EarlyDialog(invite.newLeg(dialog), trunk != null);
      byTag.put(tag, known);
      known.open();
    }
    known.leg().flowWatch().moveTo(flow(transaction));
    return known.onProvisional(response);
  }

  /** The early dialog a response belongs to, or null. */
  @Nullable EarlyDialog of(SipResponse response) {
    String tag = response.toTag();
    return tag == null ? null : byTag.get(tag);
  }

  /**
   * Hears what comes of the INVITE once its branch is given up.
   *
   * @param reason why it is, a Reason value; null if nobody says
   */
  FurtherAnswers rest(@Nullable String reason) {
    return rest(null, reason);
  }

  private FurtherAnswers rest(@Nullable Leg winner, @Nullable String reason) {
    Map<String, Dialog> others = new HashMap<>();
    for (var each : byTag.entrySet()) {
      Leg leg = each.getValue().leg();
      if (leg != winner) {
        leg.dialog().fixTarget();
        others.put(each.getKey(), leg.dialog());
      }
    }
    return new FurtherAnswers(transactions, Map.copyOf(others), reason, trunk);
  }

  /**
   * The dialog of a 2xx: that of its provisional responses, whose numbers it goes on with, or a new
   * one.
   */
  private Dialog confirmed(SipResponse success, ClientTransaction transaction) {
    EarlyDialog early = of(success);
    if (early == null) {
      return Dialog.uac(transaction.request(), success, flow(transaction));
    }
    early.leg().flowWatch().moveTo(flow(transaction));
    early.leg().dialog().onResponse(success);
    return early.leg().dialog();
  }

  /**
   * A device that has changed networks while it rang answers from where it is now, and would hear
   * nothing of an ACK anywhere else. A trunk says itself where it listens.
   */
  private Flow flow(ClientTransaction transaction) {
    return trunk == null ? transaction.heardOver() : transaction.flow();
  }

  /** The leg of a 2xx that is accepted; the other dialogs are over. */
  Leg answered(SipResponse success, ClientTransaction transaction) {
    Dialog dialog = confirmed(success, transaction);
    EarlyDialog early = of(success);
    Leg leg = early == null ? invite.newLeg(dialog) : early.leg();
    closeAllBut(leg);
    leg.answered(transaction, success, rest(leg, Reasons.ELSEWHERE));
    return leg;
  }

  /** The branch has ended: no early dialog is known any more. */
  void close() {
    closeAllBut(null);
  }

  private void closeAllBut(@Nullable Leg winner) {
    if (closed) {
      return;
    }
    closed = true;
    for (EarlyDialog early : byTag.values()) {
      if (early.leg() != winner) {
        early.leg().refusePending(487, "This attempt has ended");
        early.leg().close();
      }
    }
  }
}
