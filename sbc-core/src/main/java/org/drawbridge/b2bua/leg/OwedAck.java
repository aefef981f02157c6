package org.drawbridge.b2bua.leg;

import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.jspecify.annotations.Nullable;

/** The ACK that we owe a peer whose 2xx to an INVITE of ours has come (RFC 3261 13.2.2.4). */
final class OwedAck {

  /** The INVITE, and who hears what else comes of it. */
  private record Answer(ClientTransaction invite, FurtherAnswers further) {}

  private @Nullable Answer unacknowledged;

  /** A 2xx has come. */
  void owe(ClientTransaction invite, FurtherAnswers further) {
    unacknowledged = new Answer(invite, further);
  }

  /** Sends it, where requests of the dialog go now. */
  void send(Dialog dialog) {
    Answer answer = takeAnswer();
    SipRequest ack = dialog.ack(answer.invite.request()).build();
    answer.further.acknowledge(answer.invite, ack, dialog.flow());
  }

  /** Sends it and hangs up. */
  void hangUp(Dialog dialog) {
    Answer answer = takeAnswer();
    answer.further.hangUp(answer.invite, dialog);
  }

  private Answer takeAnswer() {
    Answer answer = unacknowledged;
    if (answer == null) {
      throw new IllegalStateException("no INVITE of ours waits for its ACK");
    }
    unacknowledged = null;
    return answer;
  }
}
