package org.drawbridge.proxy.media;

import java.util.Set;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.SessionExpires;
import org.drawbridge.sip.grammar.SessionExpires.Refresher;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/**
 * The session timer that a request was passed on with. Where whoever answers knows no timers, it is
 * the proxy that tells the sender to refresh (RFC 4028 section 8.2): nobody would else, and a call
 * whose sides are both gone would be kept for as long as any.
 *
 * @param seconds the interval; 0 where the sender cannot be told to refresh
 */
public record AskedSession(int seconds) {

  /** Nothing that the sender could be told. */
  public static final AskedSession NONE = new AskedSession(0);

  private static final String TIMER = "timer";

  /**
   * Of an INVITE outside a dialog.
   *
   * @param usual the session interval that is usual here, seconds
   */
  public static AskedSession of(SipRequest invite, int usual) {
    return knowsTimers(invite.headers())
        ? new AskedSession(SessionHint.seconds(invite, usual))
        : NONE;
  }

  /** Of a request within a dialog, which is asked for nothing that it does not ask for itself. */
  public static AskedSession of(SipRequest request) {
    boolean refreshes = request.method() == Method.INVITE || request.method() == Method.UPDATE;
    SessionExpires asked = HeaderGrammar.sessionExpires(request.headers()).orNull();
    return refreshes && asked != null && knowsTimers(request.headers())
        ? new AskedSession(asked.seconds())
        : NONE;
  }

  private static boolean knowsTimers(Headers headers) {
    Set<String> supported = HeaderGrammar.optionTags(headers, HeaderName.SUPPORTED);
    return supported.contains(TIMER)
        || HeaderGrammar.optionTags(headers, HeaderName.REQUIRE).contains(TIMER);
  }

  /** A success as the sender of the request is to have it. */
  public SipResponse told(SipResponse success) {
    return seconds == 0 || success.headers().has(HeaderName.SESSION_EXPIRES)
        ? success
        : success
            .edit()
            .header(
                HeaderName.SESSION_EXPIRES, new SessionExpires(seconds, Refresher.UAC).toString())
            .header(HeaderName.REQUIRE, TIMER)
            .build();
  }
}
