package org.drawbridge.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * Why a request, or one branch of it, failed.
 *
 * @param status final status, 300 to 699, before it is fitted for the caller
 * @param words one sentence that anybody may read, for a Warning
 * @param report the same for the log, with addresses and names that are ours to know
 * @param response what the far side said, null if the failure is our own finding
 * @param isForCaller whether it is a challenge that the caller itself can answer
 */
public record Failure(
    int status, String words, String report, @Nullable SipResponse response, boolean isForCaller) {

  private static final String BLOCKED = "Network Blocked";

  /** A failure we found ourselves. */
  public static Failure ofStatus(int status, String words) {
    return ofStatus(status, words, words);
  }

  /** The same with more for the log. */
  public static Failure ofStatus(int status, String words, String report) {
    return new Failure(status, words, report, null, false);
  }

  /** What the far side answered. */
  public static Failure of(SipResponse response) {
    int status = response.status();
    List<String> reasons = HeaderPolicy.reasons(response);
    String why = reasons.isEmpty() ? "" : " (" + String.join(", ", reasons) + ")";
    String words = "The called side answered " + status + " " + ReasonPhrases.of(status) + why;
    return new Failure(status, words, words + remarks(response), response, false);
  }

  /** What else the far side says of it, and what an operator can do about it. */
  private static String remarks(SipResponse response) {
    StringBuilder out = new StringBuilder();
    for (String value : response.headers().values(HeaderName.WARNING)) {
      String text = Warnings.text(value);
      if (text != null) {
        out.append(": ").append(text);
      }
    }
    String advice =
        switch (response.status()) {
          case 401, 407 -> ": it takes no request without the right username and password";
          case 488, 606 ->
              ": it wants other codecs or another kind of media, see codecs and media in the"
                  + " configuration";
          default -> "";
        };
    return out.append(advice).toString();
  }

  /** The same, telling the log whose failure it is, since a call may have many targets. */
  public Failure by(String label) {
    return report.contains(label) ? this : reporting(label + ": " + report);
  }

  /** The same, with what others are behind it in the words for the log, each once. */
  public Failure with(List<Failure> others) {
    Set<String> reports = new LinkedHashSet<>(List.of(report));
    others.forEach(failure -> reports.add(failure.report));
    return reporting(String.join("; ", reports));
  }

  /** The same in other words for the log. */
  private Failure reporting(String other) {
    return new Failure(status, words, other, response, isForCaller);
  }

  /** What the caller's own PBX answered: it may be a challenge (RFC 3261 section 22). */
  public static Failure ofHome(SipResponse response) {
    String words = "The PBX of the caller asks for credentials";
    return response.isChallenge()
        ? new Failure(response.status(), words, words, response, true)
        : of(response);
  }

  /**
   * No flow could be had, or the one in use broke: the next host of the same trunk may do better.
   *
   * @param report where to and why, which is not the caller's business
   */
  public static Failure unreachable(String report) {
    return ofStatus(503, "The called side cannot be reached", report);
  }

  /**
   * No flow to a candidate could be had.
   *
   * @param words what is said of a device, whose account is not there without it
   * @param why for the log of a trunk, for which another may do as well
   */
  public static Failure noWay(Candidate candidate, String words, String why) {
    return candidate instanceof Candidate.Contact && candidate.trunk() == null
        ? ofStatus(480, words)
        : unreachable(candidate.label() + " cannot be reached: " + why);
  }

  /** A request got no final response (RFC 3261 section 8.1.3.1). */
  public static Failure unanswered(TransactionFailure why, String label) {
    return switch (why) {
      case TIMEOUT -> timeout();
      case FLOW_CLOSED -> unreachable("The connection to " + label + " broke");
      case OVERLOADED -> ofStatus(503, "Too many requests at once");
    };
  }

  /** Nobody there answered the request at all (RFC 3261 section 8.1.3.1). */
  public static Failure timeout() {
    return ofStatus(408, "The called side did not respond");
  }

  /** Whether nothing was ever heard from the far side. */
  public boolean isUnreachable() {
    return response == null && (status == 503 || status == 408);
  }

  /**
   * The status the caller gets. What concerns only us and the far side (credentials, redirection,
   * session timers, extensions, as what a caller requires is required of us) is not its business
   * (RFC 3261 section 16.7 items 4 and 6).
   *
   * @param alone whether this is the only failure: then a 503 says something about the service as a
   *     whole
   */
  public int statusForCaller(boolean alone) {
    if (status < 400) {
      return 480;
    }
    return switch (status) {
      case 401, 407 -> isForCaller ? status : 500;
      case 420, 421, 422, 494 -> 500;
      case 503 -> alone ? 503 : 500;
      default -> status;
    };
  }

  /**
   * The reason phrase beside the status that the caller gets. By it, and by a Reason header, a call
   * that a network has blocked is told from one that somebody has declined (ATIS-1000099).
   */
  public String phrase(int shown) {
    boolean isBlocked =
        shown == 603 && response != null && response.reason().equalsIgnoreCase(BLOCKED);
    return isBlocked ? BLOCKED : ReasonPhrases.of(shown);
  }

  /**
   * As {@link #statusForCaller}, for who sent a request other than INVITE: that may not be answered
   * 408 (RFC 4320 section 4.2).
   */
  public int statusForSender(boolean alone) {
    int shown = statusForCaller(alone);
    return shown == 408 ? 480 : shown;
  }

  /**
   * Says why in the answer to the caller, which has the status {@link #statusForCaller} gave. A 503
   * gets no Retry-After: that would have the caller send us nothing at all, whoever it is for (RFC
   * 3261 sections 16.7 and 21.5.4).
   */
  public void describe(MessageBuilder<SipResponse> answer, int shown) {
    if (response == null || shown != status) {
      Replies.explain(answer, shown, words);
      if (response != null) {
        HeaderPolicy.passReasons(response, answer);
      }
    } else {
      HeaderPolicy.passFailure(response, answer);
      if (isForCaller) {
        answer.copy(response, HeaderName.WWW_AUTHENTICATE);
        answer.copy(response, HeaderName.PROXY_AUTHENTICATE);
      }
    }
    if (shown == 503) {
      answer.remove(HeaderName.RETRY_AFTER);
    }
  }
}
