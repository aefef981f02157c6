package org.drawbridge.policy;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.routing.trunk.TransferMode;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.dialog.ReliableResponses;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** Answers we give ourselves, and what we say we can do. */
public final class Replies {

  /** Methods we take, as Allow lists them (RFC 3261 section 20.5). */
  public static final Set<Method> METHODS =
      EnumSet.of(
          Method.INVITE,
          Method.ACK,
          Method.BYE,
          Method.CANCEL,
          Method.OPTIONS,
          Method.INFO,
          Method.MESSAGE,
          Method.UPDATE,
          Method.PRACK,
          Method.REFER,
          Method.NOTIFY);

  /** The Allow header. */
  public static final String ALLOW =
      METHODS.stream().map(Method::token).collect(Collectors.joining(", "));

  /**
   * The same for a trunk that may not transfer: one that sees no REFER here carries a transfer out
   * by itself instead of asking for what is refused.
   */
  private static final String ALLOW_NO_REFER =
      METHODS.stream()
          .filter(method -> method != Method.REFER)
          .map(Method::token)
          .collect(Collectors.joining(", "));

  /** What we take from a peer: a trunk transfers only by a right of its own. */
  public static String allow(@Nullable Trunk trunk) {
    return trunk != null && trunk.rights().transfer() == TransferMode.REFUSE
        ? ALLOW_NO_REFER
        : ALLOW;
  }

  /** The body we understand in an INVITE or UPDATE, by itself or as one of several parts. */
  public static final String SDP = "application/sdp";

  private static final String ACCEPT = SDP + ", multipart/mixed";

  /** The Supported header. */
  public static final String SUPPORTED = "timer, replaces, norefersub";

  /** The events that we tell of ourselves (RFC 3680). */
  private static final String EVENTS = "reg";

  private static final String RETRY_SECONDS = "10";

  private Replies() {}

  /**
   * The start of an answer with the standard phrase; where the request has no To tag one is added,
   * the same to each copy of it.
   */
  public static MessageBuilder<SipResponse> start(SipRequest request, int status) {
    return SipResponse.repeatable(request, status, ReasonPhrases.of(status));
  }

  /**
   * A refusal that says why (RFC 3261 section 20.43); 405, 489 and 503 come with what they need.
   */
  public static SipResponse refuse(SipRequest request, int status, String words) {
    return refusal(request, status, words).build();
  }

  /** As {@link #refuse}, open for more headers. */
  public static MessageBuilder<SipResponse> refusal(SipRequest request, int status, String words) {
    MessageBuilder<SipResponse> response = start(request, status);
    explain(response, status, words);
    return response;
  }

  /** Adds to a refusal what its status asks for, and the words. */
  public static void explain(MessageBuilder<SipResponse> response, int status, String words) {
    response.replace(HeaderName.WARNING, Warnings.of(words));
    switch (status) {
      case 405, 501 -> response.replace(HeaderName.ALLOW, ALLOW);
      case 489 -> response.replace(HeaderName.ALLOW_EVENTS, EVENTS);
      case 415 -> response.replace(HeaderName.ACCEPT, ACCEPT);
      case 500, 503 -> response.replace(HeaderName.RETRY_AFTER, RETRY_SECONDS);
      default -> {}
    }
  }

  /** The 200 to an OPTIONS: what we can do (RFC 3261 section 11.2). */
  public static SipResponse options(SipRequest request) {
    return start(request, 200)
        .header(HeaderName.ALLOW, ALLOW)
        .header(HeaderName.ACCEPT, ACCEPT)
        .header(HeaderName.SUPPORTED, SUPPORTED)
        .header(HeaderName.SUPPORTED, ReliableResponses.OPTION)
        .build();
  }
}
