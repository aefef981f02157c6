package org.drawbridge.policy;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.Reason;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/**
 * What of one side's messages the other side gets to see: the headers listed here and nothing else.
 * A header that is not known to be harmless stays with us, so a new extension cannot carry an
 * address across.
 */
public final class HeaderPolicy {

  private static final List<HeaderName> REQUEST =
      List.of(HeaderName.SUBJECT, HeaderName.PRIORITY, HeaderName.ACCEPT_LANGUAGE);

  private static final List<String> REQUEST_EXTENSIONS =
      List.of("User-to-User", "Info-Package", "Answer-Mode");

  /** A ringing tone by its meaning (RFC 7462); a URL would tell whose server has the sound. */
  private static final Pattern TONE = Pattern.compile("<urn:alert:[A-Za-z0-9.:\\-]{1,100}>");

  /** What makes some phones answer by themselves; a value that is one word names nobody. */
  private static final List<String> ANSWERING = List.of("Auto-Answer", "P-Auto-Answer");

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]{1,30}");
  private static final Pattern ANSWER_AFTER =
      Pattern.compile(".*;\\s*answer-after\\s*=\\s*(\\d{1,5})\\s*(;.*)?", CASE_INSENSITIVE);

  /** No tone is described by more. */
  private static final int TONE_LETTERS = 200;

  private static final Pattern ADDRESS =
      Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}\\b|\\[[0-9A-Fa-f:.%]+]");

  private static final List<HeaderName> BODY =
      List.of(
          HeaderName.CONTENT_DISPOSITION,
          HeaderName.CONTENT_ENCODING,
          HeaderName.CONTENT_LANGUAGE,
          HeaderName.MIME_VERSION);

  /** What a refusal says would be taken (RFC 3261 section 21.4, RFC 3903, RFC 6665). */
  private static final List<HeaderName> LIMITS =
      List.of(
          HeaderName.MIN_EXPIRES,
          HeaderName.ALLOW_EVENTS,
          HeaderName.ACCEPT,
          HeaderName.ACCEPT_ENCODING,
          HeaderName.ACCEPT_LANGUAGE,
          HeaderName.UNSUPPORTED);

  private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z0-9.\\-]{1,20}");

  /**
   * The user, a private or public network, near or far: no word for an address has four letters.
   */
  private static final Pattern LOCATION = Pattern.compile("[A-Za-z]{1,4}");

  private HeaderPolicy() {}

  /** Copies the end-to-end headers of a request. */
  public static void passHeaders(SipRequest from, MessageBuilder<SipRequest> to) {
    for (HeaderName name : REQUEST) {
      to.copy(from, name);
    }
    for (String name : REQUEST_EXTENSIONS) {
      from.headers().all(name).forEach(value -> to.header(name, value));
    }
    from.headers().values(HeaderName.ALERT_INFO).stream()
        .filter(value -> TONE.matcher(value).matches())
        .forEach(value -> to.header(HeaderName.ALERT_INFO, value));
    passReasons(from, to);
  }

  /**
   * Copies what a phone's own PBX says of how it is to ring, beside the tones that all may name:
   * phones go by words in Alert-Info, whatever its URL, and answer by themselves for an intercom.
   *
   * @param host what stands for addresses, which are nobody's business
   */
  public static void passRinging(SipRequest from, MessageBuilder<SipRequest> to, String host) {
    from.headers().values(HeaderName.ALERT_INFO).stream()
        .filter(value -> !TONE.matcher(value).matches() && value.length() <= TONE_LETTERS)
        .map(value -> ADDRESS.matcher(value).replaceAll(Matcher.quoteReplacement(host)))
        .forEach(value -> to.header(HeaderName.ALERT_INFO, value));
    for (String value : from.headers().values(HeaderName.CALL_INFO)) {
      Matcher answer = ANSWER_AFTER.matcher(value);
      if (answer.matches()) {
        to.header(HeaderName.CALL_INFO, "<sip:" + host + ">;answer-after=" + answer.group(1));
      }
    }
    for (String name : ANSWERING) {
      from.headers().all(name).stream()
          .filter(value -> WORD.matcher(value).matches())
          .forEach(value -> to.header(name, value));
    }
  }

  /** Copies a body that means nothing to us, with what describes it. */
  public static void passBody(SipMessage from, MessageBuilder<? extends SipMessage> to) {
    String type = from.contentType();
    if (from.bodyLength() == 0 || type == null) {
      return;
    }
    to.body(type, from.body());
    for (HeaderName name : BODY) {
      to.copy(from, name);
    }
  }

  /** Copies why something ended (RFC 3326). */
  public static void passReasons(SipMessage from, MessageBuilder<? extends SipMessage> to) {
    reasons(from).forEach(value -> to.header(HeaderName.REASON, value));
  }

  /** The Reason values of a message as they may be passed on; malformed ones are left out. */
  public static List<String> reasons(SipMessage from) {
    return HeaderGrammar.reasons(from.headers()).stream()
        .filter(reason -> reason.cause() >= 0 || reason.text() != null)
        .filter(reason -> PROTOCOL.matcher(reason.protocol()).matches())
        .map(HeaderPolicy::passed)
        .toList();
  }

  /**
   * Copies what a failure says of itself, with the names of its agents taken off, and what would be
   * taken instead.
   */
  public static void passFailure(SipResponse from, MessageBuilder<SipResponse> to) {
    passReasons(from, to);
    to.copy(from, HeaderName.RETRY_AFTER);
    LIMITS.forEach(name -> to.copy(from, name));
    if (from.status() == 405) {
      to.copy(from, HeaderName.ALLOW); // elsewhere it says what an agent takes, and that is ours
    }
    for (String value : from.headers().values(HeaderName.WARNING)) {
      String passed = Warnings.relayed(value);
      if (passed != null) {
        to.header(HeaderName.WARNING, passed);
      }
    }
  }

  /** A Reason value with what is known to name nobody. */
  private static String passed(Reason reason) {
    String text = reason.text();
    String location = reason.location();
    boolean isLocated = location != null && LOCATION.matcher(location).matches();
    return reason.protocol()
        + (reason.cause() < 0 ? "" : ";cause=" + reason.cause())
        + (text == null ? "" : ";text=" + Warnings.quoted(text))
        + (isLocated ? ";location=" + location : "");
  }
}
