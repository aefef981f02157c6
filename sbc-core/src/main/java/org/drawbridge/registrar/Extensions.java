package org.drawbridge.registrar;

import java.util.List;
import java.util.Set;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** What a REGISTER brings beyond RFC 3261, as far as we go along with it. */
sealed interface Extensions {

  /** Option tags a REGISTER may require. */
  Set<String> KNOWN = Set.of("path", "outbound", "gruu", "gin");

  /** More hops than any registration passes; each costs memory and room in every request. */
  int MAX_PATH = 8;

  /** Bytes of all Path values together. */
  int MAX_PATH_LENGTH = 2048;

  /**
   * It can be done.
   *
   * @param path the Path, nearest to us first (RFC 3327)
   * @param outbound whether {@code reg-id} counts (RFC 5626)
   * @param gruu whether GRUUs are asked for (RFC 5627)
   * @param direct whether the client itself is at the far end of the flow
   */
  record Agreed(List<String> path, boolean outbound, boolean gruu, boolean direct)
      implements Extensions {}

  /**
   * It cannot.
   *
   * @param unsupported the option tags to name, empty for none
   */
  record Refused(int status, String reason, List<String> unsupported) implements Extensions {}

  /** Reads the request that came over a flow. */
  static Extensions of(SipRequest request, Flow flow) {
    List<String> unknown =
        HeaderGrammar.unknownTags(
            request.headers(), KNOWN, HeaderName.REQUIRE, HeaderName.PROXY_REQUIRE);
    if (!unknown.isEmpty()) {
      return new Refused(420, "Bad Extension", unknown);
    }
    Set<String> supported = HeaderGrammar.optionTags(request.headers(), HeaderName.SUPPORTED);
    Set<String> required = HeaderGrammar.optionTags(request.headers(), HeaderName.REQUIRE);
    List<String> path = request.headers().values(HeaderName.PATH);
    if (!path.isEmpty() && !supported.contains("path") && !required.contains("path")) {
      // Somebody on the way wants all calls of a client that knows nothing of it.
      return new Refused(420, "A Path, and no support of it", List.of("path"));
    }
    String wrong = problemOf(path);
    if (wrong != null) {
      return new Refused(400, wrong, List.of());
    }
    boolean direct = path.isEmpty() && request.hasOneVia();
    boolean asksOutbound = supported.contains("outbound") || required.contains("outbound");
    if (asksOutbound && !direct && hasRegId(request) && !firstHopHasOutbound(path)) {
      return new Refused(439, "First Hop Lacks Outbound Support", List.of());
    }
    // A client that pings by STUN over UDP would take our silence for a dead flow.
    boolean outbound = asksOutbound && (!direct || flow.transport().isReliable());
    boolean gruu = supported.contains("gruu") || required.contains("gruu");
    return new Agreed(List.copyOf(path), outbound, gruu, direct);
  }

  private static @Nullable String problemOf(List<String> path) {
    if (path.isEmpty()) {
      return null;
    }
    if (path.size() > MAX_PATH || path.stream().mapToInt(String::length).sum() > MAX_PATH_LENGTH) {
      return "The Path is too long";
    }
    return path.stream().allMatch(Extensions::isLooseRouter)
        ? null
        : "A Path value is no SIP URI of a loose router";
  }

  private static boolean isLooseRouter(String value) {
    try {
      return NameAddr.parse(value).uri() instanceof SipUri uri && uri.isLooseRouter();
    } catch (SipSyntaxException e) {
      return false;
    }
  }

  private static boolean hasRegId(SipRequest request) {
    return request.contacts().stream()
        .anyMatch(c -> c.param("reg-id") != null && c.param("+sip.instance") != null);
  }

  /** The client's own proxy wrote the last value (RFC 5626 section 6). */
  private static boolean firstHopHasOutbound(List<String> path) {
    try {
      return !path.isEmpty()
          && NameAddr.parse(path.getLast()).uri() instanceof SipUri uri
          && uri.params().has("ob");
    } catch (SipSyntaxException e) {
      return false;
    }
  }
}
