package org.drawbridge.proxy.media;

import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.SessionExpires;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/**
 * What session timers tell a proxy (RFC 4028 section 8): a call that is not refreshed in time is
 * over although no BYE was seen.
 */
public final class SessionHint {

  /** How long a call without a session timer is kept, seconds. */
  static final int LONGEST_SECONDS = 12 * 3600;

  /** How much later than its session a call ends here, seconds: a refresh may be on its way. */
  static final int GRACE_SECONDS = 32;

  /** What we ask for at least, since the caller may not know what a 422 is, seconds. */
  private static final int SHORTEST_SECONDS = 1_800;

  private SessionHint() {}

  /**
   * Asks for a timer where nobody has (section 8.1).
   *
   * @param copy the INVITE as it goes on
   * @param interval the session interval that is usual here, seconds
   */
  public static void ask(MessageCopy copy, SipRequest invite, int interval) {
    if (!invite.headers().has(HeaderName.SESSION_EXPIRES)) {
      copy.add(HeaderName.SESSION_EXPIRES, Integer.toString(seconds(invite, interval)));
    }
  }

  /** The session interval that an INVITE is passed on with, seconds. */
  static int seconds(SipRequest invite, int interval) {
    SessionExpires asked = HeaderGrammar.sessionExpires(invite.headers()).orNull();
    if (asked != null) {
      return asked.seconds();
    }
    Integer least = HeaderGrammar.minSe(invite.headers()).orNull();
    return Math.max(Math.max(SHORTEST_SECONDS, interval), least == null ? 0 : least);
  }

  /** How long after this success of an INVITE or UPDATE a call counts as up, ms (section 8.2). */
  public static long lifetimeMillis(SipResponse success) {
    SessionExpires agreed = HeaderGrammar.sessionExpires(success.headers()).orNull();
    return lifetimeMillis(agreed == null ? LONGEST_SECONDS : agreed.seconds());
  }

  static long lifetimeMillis(int seconds) {
    return (seconds + GRACE_SECONDS) * 1_000L;
  }
}
