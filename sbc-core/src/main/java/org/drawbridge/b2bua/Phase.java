package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.ServerTransaction;

/** Where a call stands, and so what an event means to it. Used on the call's loop only. */
sealed interface Phase permits Setup, Talk, Ending {

  /** A request in the dialog of a leg, checked and in order; anything but ACK, CANCEL and BYE. */
  void onRequest(Leg leg, ServerTransaction transaction);

  /** The peer of a leg hangs up; the BYE has been answered. */
  void onBye(Leg leg, SipRequest bye);

  /** The ACK of a 2xx we gave to this leg's INVITE, the first time it comes. */
  void onAck(Leg leg, SipRequest ack);

  /** An INVITE of this leg is taken back; it is still to be answered. */
  void onCancel(Leg leg, ServerTransaction invite, SipRequest cancel);

  /** Media of one of the legs. */
  void onMedia(MediaEvent event);

  /** The call cannot go on. */
  void onEnd(EndCause cause);
}
