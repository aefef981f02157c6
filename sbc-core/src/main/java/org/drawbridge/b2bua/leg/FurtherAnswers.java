package org.drawbridge.b2bua.leg;

import java.util.Map;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Reasons;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.OutgoingRequest;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.jspecify.annotations.Nullable;

/**
 * What else comes of an INVITE of ours once its outcome is known (RFC 3261 section 13.2.2.4):
 * repeats of a 2xx get the same ACK again; the 2xx of others it was forked to, and of those that
 * were given up, are acknowledged and hung up on. It is all that is kept of a call for the 32 s
 * that this may take, so it knows neither the call nor its messages, but for the bytes of an ACK.
 */
public final class FurtherAnswers implements ResponseListener {

  /** A fork downstream that answers more often than this is acknowledged anew each time. */
  private static final int MAX_KNOWN = 8;

  private final TransactionLayer transactions;
  private final Map<String, Dialog> early;
  private final @Nullable String reason;
  private final Candidate.@Nullable TrunkHost trunk;
  private @Nullable Acknowledged last;
  private int known;

  /** One dialog whose 2xx was acknowledged, and those acknowledged before it. */
  private record Acknowledged(String tag, byte[] ack, Flow flow, @Nullable Acknowledged before) {}

  /** Of an INVITE within a dialog, or of one without early dialogs. */
  FurtherAnswers(TransactionLayer transactions) {
    this(transactions, Map.of(), Reasons.ELSEWHERE, null);
  }

  /**
   * Of an INVITE with early dialogs.
   *
   * @param early those that were not accepted, by the tag of the peer: one of them that is answered
   *     all the same goes on with its numbers and its route
   * @param reason why we hang up on who answers, a Reason value (RFC 3326); null if nobody says
   * @param trunk whom it went to where somebody may answer even after it was refused, as behind the
   *     proxy of a trunk; null where nobody can
   */
  public FurtherAnswers(
      TransactionLayer transactions,
      Map<String, Dialog> early,
      @Nullable String reason,
      Candidate.@Nullable TrunkHost trunk) {
    this.transactions = transactions;
    this.early = early;
    this.reason = reason;
    this.trunk = trunk;
  }

  /** Sends the ACK of a 2xx; what else comes of the INVITE is told here from now on. */
  void acknowledge(ClientTransaction invite, SipRequest ack, Flow flow) {
    byte[] wire = transactions.sendAck(ack, flow);
    if (known < MAX_KNOWN) {
      known++;
      last = new Acknowledged(DialogId.orEmpty(ack.toTag()), wire, flow, last);
    }
    invite.settle(this);
  }

  /** Acknowledges the answer that made a dialog, and hangs up on it. */
  void hangUp(ClientTransaction invite, Dialog dialog) {
    acknowledge(invite, dialog.ack(original(invite)).build(), dialog.flow());
    MessageBuilder<SipRequest> bye = dialog.request(Method.BYE);
    if (reason != null) {
      bye.header(HeaderName.REASON, reason);
    }
    TrunkCredentials credentials = trunk == null ? null : trunk.trunk().credentials();
    UnwantedBye.send(transactions, dialog, bye.build(), credentials);
  }

  @Override
  public void onResponse(ClientTransaction invite, SipResponse response) {
    if (!response.isSuccess()) {
      if (trunk != null && response.isFinal()) {
        invite.expectLateAnswer(this);
      }
      return;
    }
    Acknowledged same = find(DialogId.orEmpty(response.toTag()));
    if (same == null) {
      hangUp(invite, dialog(invite, response));
    } else {
      same.flow.send(same.ack);
    }
  }

  private @Nullable Acknowledged find(String tag) {
    Acknowledged each = last;
    while (each != null && !each.tag.equals(tag)) {
      each = each.before;
    }
    return each;
  }

  private Dialog dialog(ClientTransaction invite, SipResponse success) {
    Dialog begun = early.get(DialogId.orEmpty(success.toTag()));
    if (begun == null) {
      return Dialog.uac(original(invite), success, invite.flow());
    }
    begun.onResponse(success);
    return begun;
  }

  /** The INVITE, or an ACK of it: who calls, its number and its credentials are the same. */
  private SipRequest original(ClientTransaction invite) {
    Acknowledged any = last;
    return any == null ? invite.request() : OutgoingRequest.read(any.ack);
  }

  @Override
  public void onFailure(ClientTransaction invite, TransactionFailure failure) {
    // Nobody waits for an answer.
  }
}
