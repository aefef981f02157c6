package org.drawbridge.policy;

import java.util.List;
import java.util.Set;
import org.drawbridge.metrics.Counters;
import org.drawbridge.metrics.Limit;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.BodyParts;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.MultipartBody;
import org.drawbridge.sip.message.MultipartBody.Part;
import org.drawbridge.sip.message.OpaqueUri;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** What a request must meet before anything else is done with it (RFC 3261 section 8.2). */
public final class RequestChecks {

  /** Required of a privacy service (RFC 3323 section 4.3), as one who calls through us gets. */
  private static final String PRIVACY = "privacy";

  private static final Set<String> OPTION_TAGS =
      Set.of("timer", "100rel", "replaces", "norefersub", PRIVACY);

  /** What a part of a body may be that has to be understood. */
  private static final Set<String> PARTS = Set.of(Replies.SDP, Location.TYPE);

  private RequestChecks() {}

  /** Why a request outside a dialog is refused, or null if it may go on. */
  public static @Nullable SipResponse outOfDialog(SipRequest request) {
    SipResponse refusal = method(request);
    if (refusal == null) {
      refusal = scheme(request);
    }
    if (refusal == null && request.maxForwards() == 0 && request.method() != Method.OPTIONS) {
      refusal = Replies.refuse(request, 483, "Max-Forwards is used up");
    }
    return refusal == null ? extensions(request) : refusal;
  }

  /**
   * Why a proxy refuses to pass a request on, or null if it may go on (RFC 3261 section 16.3). What
   * is in Require and which method it is concerns only its other end.
   */
  public static @Nullable SipResponse passing(SipRequest request) {
    SipResponse refusal = scheme(request);
    if (refusal != null) {
      return refusal;
    }
    if (request.maxForwards() == 0) {
      return Replies.refuse(request, 483, "Max-Forwards is used up");
    }
    return extensions(request, HeaderName.PROXY_REQUIRE);
  }

  /** Why a proxy refuses who requires to be hidden, which it cannot do; null if nobody does. */
  public static @Nullable SipResponse hiding(SipRequest request) {
    return HeaderGrammar.optionTags(request.headers(), HeaderName.PROXY_REQUIRE).contains(PRIVACY)
        ? unsupported(request, PRIVACY)
        : null;
  }

  /** Routes lead to numbers, names and services. */
  private static @Nullable SipResponse scheme(SipRequest request) {
    return request.requestUri() instanceof OpaqueUri uri && Names.service(uri) == null
        ? Replies.refuse(request, 416, "No such URI scheme here: " + uri.scheme())
        : null;
  }

  /** Why a request inside a dialog is refused, or null if it may go on. */
  public static @Nullable SipResponse inDialog(SipRequest request) {
    boolean ofTransfers = request.method() == Method.REFER || request.method() == Method.NOTIFY;
    SipResponse refusal = ofTransfers ? null : method(request);
    return refusal == null ? extensions(request) : refusal;
  }

  private static @Nullable SipResponse method(SipRequest request) {
    return switch (request.method()) {
      case NOTIFY -> Replies.refuse(request, 481, "Nobody here has subscribed to this");
      case EXTENSION -> Replies.refuse(request, 405, request.methodToken() + " is not served here");
      case INVITE,
          ACK,
          BYE,
          CANCEL,
          REGISTER,
          OPTIONS,
          INFO,
          MESSAGE,
          UPDATE,
          SUBSCRIBE,
          PUBLISH,
          REFER,
          PRACK ->
          null;
    };
  }

  private static @Nullable SipResponse extensions(SipRequest request) {
    return extensions(request, HeaderName.REQUIRE, HeaderName.PROXY_REQUIRE);
  }

  private static @Nullable SipResponse extensions(SipRequest request, HeaderName... asking) {
    List<String> unknown = HeaderGrammar.unknownTags(request.headers(), OPTION_TAGS, asking);
    return unknown.isEmpty() ? null : unsupported(request, String.join(", ", unknown));
  }

  private static SipResponse unsupported(SipRequest request, String tags) {
    return Replies.refusal(request, 420, "Extensions not supported here: " + tags)
        .header(HeaderName.UNSUPPORTED, tags)
        .build();
  }

  /**
   * Why the body of an INVITE or UPDATE cannot be used, or null if there is none, or it is SDP, or
   * has SDP and what we know among its parts. Nor can one be served that wants no SDP in the
   * answer.
   */
  public static @Nullable SipResponse sessionBody(SipRequest request, Counters counters) {
    SipResponse refusal = body(request);
    if (refusal != null || request.isBodyOptional()) {
      return refusal;
    }
    return switch (request.parts()) {
      case BodyParts.Single() -> null;
      case BodyParts.Several(MultipartBody several) -> parts(request, several);
      case BodyParts.Unreadable _ -> unreadable(request, counters);
    };
  }

  /**
   * As {@link #sessionBody}, of a request that is passed on with its SDP changed: what else is in
   * the body is for its other end to understand.
   */
  public static @Nullable SipResponse passedBody(SipRequest request, Counters counters) {
    SipResponse refusal = body(request);
    return refusal == null && Sdp.isHidden(request) ? unreadable(request, counters) : refusal;
  }

  /** The refusal of a body whose parts may hide SDP; counted where they are too many. */
  public static SipResponse unreadable(SipRequest request, Counters counters) {
    if (!(request.parts() instanceof BodyParts.Unreadable(String why, boolean hasHitBound))) {
      return Replies.refuse(request, 400, "The parts of the body cannot be read");
    }
    if (hasHitBound) {
      counters.hit(Limit.BODY_PARTS);
    }
    return Replies.refuse(request, 400, "Of the body: " + why);
  }

  private static @Nullable SipResponse body(SipRequest request) {
    if (!acceptsSessions(request)) {
      return Replies.refuse(request, 406, "Sessions are described by " + Replies.SDP + " only");
    }
    if (request.headers().has(HeaderName.CONTENT_ENCODING)
        && !"identity".equalsIgnoreCase(request.headers().first(HeaderName.CONTENT_ENCODING))) {
      return Replies.refusal(request, 415, "Content-Encoding is not supported here")
          .header(HeaderName.ACCEPT_ENCODING, "identity")
          .build();
    }
    boolean usable =
        request.bodyLength() == 0
            || request.hasContentType(Replies.SDP)
            || !(request.parts() instanceof BodyParts.Single)
            || request.isBodyOptional();
    return usable
        ? null
        : Replies.refuse(request, 415, "A session is described by " + Replies.SDP + " only");
  }

  private static @Nullable SipResponse parts(SipRequest request, MultipartBody several) {
    for (Part part : several.parts()) {
      if (part.isRequired() && (part.isEncoded() || !PARTS.contains(part.type()))) {
        String what = (part.isEncoded() ? "encoded " : "") + part.type();
        return Replies.refuse(request, 415, "Nobody here understands a part in " + what);
      }
    }
    return null;
  }

  /** No Accept means SDP (RFC 3261 section 20.1). */
  private static boolean acceptsSessions(SipRequest request) {
    return !request.headers().has(HeaderName.ACCEPT)
        || request.headers().values(HeaderName.ACCEPT).stream().anyMatch(RequestChecks::isSession);
  }

  private static boolean isSession(String range) {
    int semicolon = range.indexOf(';');
    String type = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
    return type.equalsIgnoreCase(Replies.SDP)
        || type.equalsIgnoreCase("application/*")
        || type.equals("*/*");
  }
}
