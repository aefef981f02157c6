package org.drawbridge.policy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.HeaderValue;
import org.drawbridge.sip.grammar.Replaces;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.OpaqueUri;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.TelUri;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/**
 * What a REFER asks for (RFC 3515).
 *
 * @param target whom to call, without headers
 * @param replaces the call to join, null to begin one (RFC 3891)
 * @param silent whether its sender wants to hear nothing of the outcome (RFC 4488)
 */
public record ReferRequest(Uri target, @Nullable Replaces replaces, boolean silent) {

  /** An escape that is none, or one of a character that ends a line. */
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})|%[01][0-9A-Fa-f]");

  /** What came of reading one. */
  public sealed interface Reading {

    /** It can be followed. */
    record Readable(ReferRequest refer) implements Reading {}

    /** It cannot. */
    record Unusable(int status, String words) implements Reading {}
  }

  /** Reads it. */
  public static Reading read(SipRequest request) {
    return switch (HeaderGrammar.referTo(request.headers())) {
      case HeaderValue.Absent<NameAddr>() ->
          new Reading.Unusable(400, "A REFER needs exactly one Refer-To");
      case HeaderValue.Invalid<NameAddr>(String reason) -> new Reading.Unusable(400, reason);
      case HeaderValue.Present<NameAddr>(NameAddr to) -> read(request, to.uri());
    };
  }

  private static Reading read(SipRequest request, Uri target) {
    return switch (target) {
      case OpaqueUri uri -> new Reading.Unusable(416, "No such URI scheme here: " + uri.scheme());
      case TelUri tel -> readable(request, tel, null);
      case SipUri sip -> read(request, sip);
    };
  }

  private static Reading read(SipRequest request, SipUri sip) {
    String method = sip.param("method");
    if (method != null && !method.equalsIgnoreCase("INVITE")) {
      return new Reading.Unusable(501, "Only a call can be referred to");
    }
    SipUri target = sip.withoutHeaders().withoutParam("method");
    String escaped = replacesOf(sip.headers());
    if (escaped == null) {
      return readable(request, target, null);
    }
    String value = URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    return HeaderGrammar.replaces(value) instanceof HeaderValue.Present<Replaces>(Replaces replaces)
        ? readable(request, target, replaces)
        : new Reading.Unusable(400, "The Replaces of the Refer-To cannot be read");
  }

  /** The Replaces among the headers of a URI, still escaped (RFC 3261 section 19.1.1). */
  private static @Nullable String replacesOf(@Nullable String headers) {
    if (headers == null) {
      return null;
    }
    for (String header : headers.split("&", -1)) {
      if (header.regionMatches(true, 0, "Replaces=", 0, 9) && isEscaped(header)) {
        return header.substring(9);
      }
    }
    return null;
  }

  private static boolean isEscaped(String header) {
    return !BAD_ESCAPE.matcher(header).find();
  }

  private static Reading readable(SipRequest request, Uri target, @Nullable Replaces replaces) {
    String sub = request.headers().first(HeaderName.REFER_SUB);
    boolean silent = sub != null && sub.strip().toLowerCase(Locale.ROOT).startsWith("false");
    return new Reading.Readable(new ReferRequest(target, replaces, silent));
  }
}
