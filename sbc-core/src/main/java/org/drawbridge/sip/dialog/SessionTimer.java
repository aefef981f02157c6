package org.drawbridge.sip.dialog;

import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.SessionExpires;
import org.drawbridge.sip.grammar.SessionExpires.Refresher;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * The session timer of one dialog (RFC 4028): who refreshes the session, when, and when it is dead.
 * Negotiated anew by each INVITE and UPDATE that succeeds. Pure; times in ms, intervals in seconds.
 *
 * <p>The owner lists {@code timer} in the Supported header of its requests and responses, and
 * refreshes by UPDATE where the peer allows it, else by re-INVITE.
 */
public final class SessionTimer {

  /** What is to be done now. */
  public enum Step {
    /** Nothing until {@link #nextDeadline}. */
    WAIT,
    /**
     * Refresh the session, unless a refresh is under way. Comes again, ever sooner, until one
     * succeeds.
     */
    REFRESH,
    /**
     * Ask the peer whether it still knows the dialog: no timer was agreed on, so nobody refreshes
     * the session. Comes again after each interval of ours.
     */
    CHECK,
    /** The session is dead: nobody refreshed it. End it with a BYE. Comes once. */
    EXPIRED
  }

  /** Each proxy on the way may name a longer one; a peer that names ever more is not followed. */
  public static final int MAX_ENLARGED = 3;

  private static final String TIMER = "timer";
  private static final int TOO_SMALL = 422;

  /**
   * Before the session's end, at least this or a third of the interval is left for the BYE (section
   * 10), seconds.
   */
  private static final int MAX_MARGIN = 32;

  private static final long LEAST_RETRY_MILLIS = 1_000;

  /**
   * A peer that answers with less gets this, so that it cannot make us refresh all the time,
   * seconds.
   */
  private static final int LEAST_INTERVAL = 20;

  /** An interval longer than a day is cut to it, seconds. */
  private static final int MAX_INTERVAL = 86_400;

  private final SessionTimerSettings settings;

  /** The largest Min-SE the peer or a proxy asked for. */
  private int minSe;

  private int interval;
  private boolean quiet;
  private boolean running;
  private boolean weRefresh;
  private long refreshAt = Long.MAX_VALUE;
  private long expiresAt = Long.MAX_VALUE;
  private long checkAt = Long.MAX_VALUE;

  /** A timer that does not run before the first negotiation. */
  public SessionTimer(SessionTimerSettings settings) {
    this.settings = settings;
    minSe = settings.minSe();
    interval = settings.interval();
  }

  /** The peer is not asked for a timer, but gets one if it asks. */
  public void keepQuiet() {
    quiet = true;
  }

  /** Whether the session has an interval. */
  public boolean isRunning() {
    return running;
  }

  /** Whether refreshing is our duty. */
  public boolean weRefresh() {
    return running && weRefresh;
  }

  /** The interval agreed on, or else the one to ask for, seconds. */
  public int interval() {
    return interval;
  }

  /** Puts Session-Expires and Min-SE into an INVITE or UPDATE of ours (sections 7.1 and 7.4). */
  public void ask(MessageBuilder<SipRequest> request) {
    if (quiet && !running) {
      return;
    }
    Refresher refresher = running ? (weRefresh ? Refresher.UAC : Refresher.UAS) : null;
    request.replace(HeaderName.SESSION_EXPIRES, new SessionExpires(interval, refresher).toString());
    if (minSe > SessionTimerSettings.LEAST_MIN_SE) {
      request.replace(HeaderName.MIN_SE, Integer.toString(minSe));
    }
  }

  /**
   * Takes the 2xx to an INVITE or UPDATE of ours (section 7.2). Without Session-Expires there is no
   * timer, and the peer is checked by other means.
   */
  public void onSuccess(SipResponse success, long now) {
    SessionExpires agreed = sessionExpires(success);
    if (agreed == null) {
      checkLater(now);
    } else {
      start(agreed.seconds(), agreed.refresher() != Refresher.UAS, now);
    }
  }

  /**
   * Takes a 422 to a request of ours (section 7.3).
   *
   * @return whether the request is worth sending again, with {@link #ask} and a new CSeq
   */
  public boolean onTooSmall(SipResponse response) {
    int wanted = minSe(response);
    if (response.status() != TOO_SMALL || wanted <= interval || wanted > MAX_INTERVAL) {
      return false;
    }
    minSe = Math.max(minSe, wanted);
    interval = wanted;
    return true;
  }

  /**
   * Whether an INVITE or UPDATE of the peer asks for less than we accept: to be answered with
   * {@link #tooSmall}. A peer without session timers could not react (section 9), so its request is
   * accepted.
   */
  public boolean isTooSmall(SipRequest request) {
    SessionExpires asked = sessionExpires(request);
    return asked != null && asked.seconds() < settings.minSe() && supportsTimer(request);
  }

  /** The 422 (section 6). */
  public MessageBuilder<SipResponse> tooSmall(Dialog dialog, SipRequest request) {
    return dialog
        .response(request, TOO_SMALL, "Session Interval Too Small")
        .header(HeaderName.MIN_SE, Integer.toString(settings.minSe()));
  }

  /**
   * Takes an INVITE or UPDATE of the peer that is about to be answered with a 2xx, and puts
   * Session-Expires and Require into that (section 9).
   */
  public void accept(SipRequest request, MessageBuilder<SipResponse> success, long now) {
    SessionExpires asked = sessionExpires(request);
    boolean peerKnows = supportsTimer(request);
    boolean askedTooLittle = asked != null && asked.seconds() < settings.minSe();
    if (askedTooLittle || (asked == null && (quiet || !peerKnows))) {
      checkLater(now);
      return;
    }
    int least = minSe(request);
    minSe = Math.max(minSe, least);
    int agreed =
        asked == null
            ? Math.max(interval, least)
            : Math.min(asked.seconds(), Math.max(settings.interval(), least));
    Refresher refresher = refresher(asked, peerKnows);
    success.header(HeaderName.SESSION_EXPIRES, new SessionExpires(agreed, refresher).toString());
    if (peerKnows) {
      success.header(HeaderName.REQUIRE, TIMER);
    }
    start(agreed, refresher == Refresher.UAS, now);
  }

  /** When {@link #step} has something to say; {@link Long#MAX_VALUE} if never. */
  public long nextDeadline() {
    return Math.min(checkAt, Math.min(refreshAt, expiresAt));
  }

  /** What is to be done now; to be called again after each answer but WAIT. */
  public Step step(long now) {
    if (now < nextDeadline()) {
      return Step.WAIT;
    }
    if (now >= expiresAt) {
      stop();
      return Step.EXPIRED;
    }
    if (!running) {
      checkLater(now);
      return Step.CHECK;
    }
    refreshAt = now + Math.max(LEAST_RETRY_MILLIS, (expiresAt - now) / 2);
    return Step.REFRESH;
  }

  /**
   * Table 2 of section 9; where it leaves the choice to us, the roles stay, and first the one who
   * asked refreshes.
   */
  private Refresher refresher(@Nullable SessionExpires asked, boolean peerKnows) {
    if (!peerKnows) {
      return Refresher.UAS;
    }
    if (asked != null && asked.refresher() != null) {
      return asked.refresher();
    }
    boolean peerRefreshes = running ? !weRefresh : asked != null;
    return peerRefreshes ? Refresher.UAC : Refresher.UAS;
  }

  private void start(int seconds, boolean refreshByUs, long now) {
    interval = Math.clamp(seconds, LEAST_INTERVAL, MAX_INTERVAL);
    running = true;
    checkAt = Long.MAX_VALUE;
    weRefresh = refreshByUs;
    int margin = Math.min(MAX_MARGIN, interval / 3);
    refreshAt = refreshByUs ? now + interval * 1_000L / 2 : Long.MAX_VALUE;
    expiresAt = now + (interval - margin) * 1_000L;
  }

  private void checkLater(long now) {
    stop();
    checkAt = now + settings.interval() * 1_000L;
  }

  private void stop() {
    running = false;
    checkAt = Long.MAX_VALUE;
    refreshAt = Long.MAX_VALUE;
    expiresAt = Long.MAX_VALUE;
  }

  private static boolean supportsTimer(SipRequest request) {
    return HeaderGrammar.optionTags(request.headers(), HeaderName.SUPPORTED).contains(TIMER)
        || HeaderGrammar.optionTags(request.headers(), HeaderName.REQUIRE).contains(TIMER);
  }

  /** A value that cannot be read counts as none: a call is not refused over its timer. */
  private static @Nullable SessionExpires sessionExpires(SipMessage message) {
    return HeaderGrammar.sessionExpires(message.headers()).orNull();
  }

  private static int minSe(SipMessage message) {
    Integer seconds = HeaderGrammar.minSe(message.headers()).orNull();
    return seconds == null ? SessionTimerSettings.LEAST_MIN_SE : seconds;
  }
}
