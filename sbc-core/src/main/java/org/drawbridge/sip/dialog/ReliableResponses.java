package org.drawbridge.sip.dialog;

import java.util.ArrayDeque;
import java.util.Deque;
import org.drawbridge.sip.grammar.RAck;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The provisional responses that are sent reliably to one INVITE (RFC 3262 section 3): numbered by
 * RSeq, one at a time, each sent again at T1, then doubling without limit, until its PRACK comes.
 * Pure; times in ms. Confined to the loop of its call.
 */
public final class ReliableResponses {

  /** The option tag. */
  public static final String OPTION = "100rel";

  /** More than these do not wait: a caller that takes so long hears of the latest by itself. */
  private static final int MAX_WAITING = 8;

  /** What is to be done now. */
  public enum Step {
    /** Nothing until {@link #nextDeadline}. */
    WAIT,
    /** Give {@link #outstanding} to the server transaction again. */
    SEND_AGAIN,
    /** No PRACK in 64*T1: the INVITE is to be refused with a 5xx. Comes once. */
    GIVE_UP
  }

  private final TransactionSettings settings;
  private final CSeq invite;
  private final Deque<SipResponse> waiting = new ArrayDeque<>();
  private long rseq;
  private @Nullable SipResponse outstanding;
  private boolean over;
  private long interval;
  private long sendAt = Long.MAX_VALUE;
  private long giveUpAt = Long.MAX_VALUE;

  /**
   * Nothing sent yet.
   *
   * @param invite the CSeq of the INVITE
   * @param firstRseq the RSeq of the first response, at random from 1 to 2^31-1
   */
  public ReliableResponses(TransactionSettings settings, CSeq invite, long firstRseq) {
    this.settings = settings;
    this.invite = invite;
    this.rseq = firstRseq - 1;
  }

  /**
   * Numbers a response. Returns it if it is to be sent now; null if it waits for the PRACK of
   * another, or if too many wait.
   */
  public @Nullable SipResponse add(MessageBuilder<SipResponse> response, long now) {
    if (over || waiting.size() >= MAX_WAITING) {
      return null;
    }
    rseq++;
    SipResponse numbered =
        response
            .header(HeaderName.REQUIRE, OPTION)
            .header(HeaderName.RSEQ, Long.toString(rseq))
            .build();
    waiting.add(numbered);
    return outstanding == null ? next(now) : null;
  }

  /** The next response to be sent, if there is one and none is outstanding. */
  public @Nullable SipResponse next(long now) {
    if (over || outstanding != null || waiting.isEmpty()) {
      return null;
    }
    SipResponse next = waiting.remove();
    outstanding = next;
    interval = settings.t1();
    sendAt = now + interval;
    giveUpAt = now + settings.timeout();
    return next;
  }

  /** The response that waits for its PRACK. */
  public @Nullable SipResponse outstanding() {
    return outstanding;
  }

  /**
   * Takes a PRACK. Returns the response it acknowledges, or null if it fits none and is to be
   * answered with 481.
   */
  public @Nullable SipResponse onPrack(RAck rack) {
    SipResponse acknowledged = outstanding;
    boolean fits =
        acknowledged != null
            && Long.toString(rack.rseq()).equals(acknowledged.headers().first(HeaderName.RSEQ))
            && rack.cseq() == invite.seq()
            && rack.method() == Method.INVITE;
    if (!fits) {
      return null;
    }
    outstanding = null;
    stop();
    return acknowledged;
  }

  /** Whether a 2xx has to wait: a description has been or is to be sent and is not acknowledged. */
  public boolean delaysSuccess() {
    SipResponse sent = outstanding;
    return !over
        && (sent != null && sent.bodyLength() > 0
            || waiting.stream().anyMatch(response -> response.bodyLength() > 0));
  }

  /**
   * A final response is sent: nothing is sent reliably any more, but the PRACK of what was is still
   * understood.
   */
  public void finish() {
    over = true;
    waiting.clear();
    stop();
  }

  /** When {@link #step} has something to say; {@link Long#MAX_VALUE} if never. */
  public long nextDeadline() {
    return Math.min(sendAt, giveUpAt);
  }

  /** What is to be done now; to be called again after each answer but WAIT. */
  public Step step(long now) {
    if (now < nextDeadline()) {
      return Step.WAIT;
    }
    if (now >= giveUpAt) {
      finish();
      return Step.GIVE_UP;
    }
    interval *= 2;
    sendAt = now + interval;
    return Step.SEND_AGAIN;
  }

  private void stop() {
    sendAt = Long.MAX_VALUE;
    giveUpAt = Long.MAX_VALUE;
  }
}
