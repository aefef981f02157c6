package org.drawbridge.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.trunk.HistoryMode;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.OpaqueUri;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/**
 * By whom a call was diverted on its way here: Diversion (RFC 5806) and History-Info (RFC 7044).
 * They pass from a trunk that is trusted to one that may know, with the hosts in them replaced;
 * what an account or a stranger writes there proves nothing, and a trunk may bill by it.
 */
public final class CallHistory {

  private static final List<HeaderName> HEADERS =
      List.of(HeaderName.DIVERSION, HeaderName.HISTORY_INFO);

  /** Parameters that say how and how often, and nothing of where. */
  private static final List<String> PARAMS =
      List.of("reason", "counter", "limit", "privacy", "screen", "index", "rc", "mp", "np");

  /** What an entry has in its URI that only those who are trusted may see (RFC 7044 10.1.1). */
  private static final String HIDDEN = "Privacy=history";

  /** Why an entry was left for the next, as a status (RFC 4458 section 2, RFC 7044 section 5). */
  private static final String CAUSE = "cause";

  private static final Pattern STATUS = Pattern.compile("\\d{3}");
  private static final Pattern REASON =
      Pattern.compile("(?i)(?:^|&)(Reason=(?:SIP|Q\\.850)%3Bcause%3D\\d{1,3})(?!\\d)");

  /** How a message says so of all of them, or of one. */
  private static final Pattern HISTORY = Pattern.compile("(?i)\\b(history|header|session)\\b");

  private static final Pattern ENTRY =
      Pattern.compile("(?i)(?:^|&)privacy=[^&]*\\b(history|header|session)\\b");

  private static final int MAX_VALUES = 10;

  private CallHistory() {}

  /** Adds by whom the call was diverted here, the last first, where the candidate may know. */
  public static void add(
      List<Diversion> diversions,
      Candidate candidate,
      String domain,
      MessageBuilder<SipRequest> to) {
    Trunk trunk = candidate.trunk();
    if (trunk != null && trunk.rights().history() == HistoryMode.PASS) {
      for (Diversion diversion : diversions) {
        to.header(HeaderName.DIVERSION, diversion.value(trunk, domain));
      }
    }
  }

  /** Copies what the candidate may know of it. */
  public static void pass(
      SipRequest from, Admitted admitted, Candidate candidate, MessageBuilder<SipRequest> to) {
    Trunk trunk = candidate.trunk();
    if (trunk == null
        || trunk.rights().history() != HistoryMode.PASS
        || !(admitted.source() instanceof CallSource.FromTrunk(String source))
        || !admitted.rules().trusts(source)) {
      return;
    }
    String domain = admitted.rules().defaultDomain();
    boolean hidden =
        from.headers().all(HeaderName.PRIVACY).stream()
            .anyMatch(value -> HISTORY.matcher(value).find());
    for (HeaderName name : HEADERS) {
      boolean marked = name == HeaderName.HISTORY_INFO;
      from.headers().values(name).stream()
          .limit(MAX_VALUES)
          .map(value -> passed(value, trunk, domain, marked, hidden))
          .filter(value -> value != null)
          .forEach(value -> to.header(name, value));
    }
  }

  /**
   * A value with our domain for its host, its number as the trunk wants numbers, and without what
   * might tell an address, or null.
   */
  private static @Nullable String passed(
      String value, Trunk trunk, String domain, boolean marked, boolean hidden) {
    try {
      NameAddr address = NameAddr.parse(value);
      if (address.uri() instanceof OpaqueUri) {
        return null;
      }
      SipUri who = numbered(trunk, UserPart.of(address.uri()), domain);
      SipUri said = address.uri() instanceof SipUri uri ? uri : who;
      NameAddr out = NameAddr.of(marked ? marked(who, said, hidden) : who);
      for (String param : PARAMS) {
        String text = address.param(param);
        if (text != null) {
          out = out.withParam(param, text);
        }
      }
      return out.toString();
    } catch (SipSyntaxException _) {
      return null;
    }
  }

  /** Who diverted, as URIs toward a trunk are written. */
  static SipUri numbered(Trunk trunk, String user, String domain) {
    String number = user.isEmpty() ? null : trunk.numbers().of(user);
    return Identities.phone(trunk, SipUri.of(number, domain, -1));
  }

  /** With why it was diverted, and whether that is to be hidden. */
  private static Uri marked(SipUri diverted, SipUri uri, boolean hidden) throws SipSyntaxException {
    SipUri who = diverted;
    String cause = uri.param(CAUSE);
    if (cause != null && STATUS.matcher(cause).matches()) {
      who = who.withParam(CAUSE, cause);
    }
    List<String> headers = new ArrayList<>(2);
    Matcher reason = REASON.matcher(String.valueOf(uri.headers()));
    if (reason.find()) {
      headers.add(reason.group(1));
    }
    if (hidden || isHidden(uri)) {
      headers.add(HIDDEN);
    }
    return headers.isEmpty() ? who : Uri.parse(who + "?" + String.join("&", headers));
  }

  private static boolean isHidden(SipUri entry) {
    return entry.headers() != null && ENTRY.matcher(entry.headers()).find();
  }
}
