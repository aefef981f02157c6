package org.drawbridge.sip.dialog;

import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.TransactionSettings;

/**
 * A 2xx to an INVITE that waits for its ACK (RFC 3261 13.3.1.4): sent again at T1, doubling up to
 * T2, on any transport, because the answer passes proxies that may use another. The server
 * transaction does not do this. Pure; times in ms.
 */
public final class AckWait {

  /** What is to be done now. */
  public enum Step {
    /** Nothing until {@link #nextDeadline}. */
    WAIT,
    /** Give the 2xx to the server transaction again. */
    SEND_AGAIN,
    /** No ACK in 64*T1: the peer is lost and the session ends with a BYE. Comes once. */
    GIVE_UP
  }

  private final TransactionSettings settings;
  private final SipResponse success;
  private final long giveUpAt;
  private long interval;
  private long sendAt;
  private boolean over;

  /**
   * Starts to wait.
   *
   * @param success the 2xx, just sent for the first time
   */
  public AckWait(SipResponse success, TransactionSettings settings, long now) {
    this.settings = settings;
    this.success = success;
    giveUpAt = now + settings.timeout();
    interval = settings.t1();
    sendAt = now + interval;
  }

  /** The 2xx. */
  public SipResponse success() {
    return success;
  }

  /** Whether the wait is over, one way or the other. */
  public boolean isOver() {
    return over;
  }

  /**
   * Takes an ACK of the dialog; it ends the wait if it is of this INVITE. Returns whether it did.
   */
  public boolean onAck(SipRequest ack) {
    boolean ours = ack.method() == Method.ACK && ack.cseq().seq() == success.cseq().seq() && !over;
    over |= ours;
    return ours;
  }

  /** When {@link #step} has something to say; {@link Long#MAX_VALUE} when the wait is over. */
  public long nextDeadline() {
    return over ? Long.MAX_VALUE : Math.min(sendAt, giveUpAt);
  }

  /** What is to be done now; to be called again after each answer but WAIT. */
  public Step step(long now) {
    if (now < nextDeadline()) {
      return Step.WAIT;
    }
    if (now >= giveUpAt) {
      over = true;
      return Step.GIVE_UP;
    }
    interval = settings.backOff(interval);
    sendAt = now + interval;
    return Step.SEND_AGAIN;
  }
}
