package org.drawbridge.policy;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.BulkContact;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.ServiceUrn;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.OpaqueUri;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/**
 * Who a request to one candidate comes from and goes to: names and users are kept, hosts are ours
 * or the trunk's (RFC 3323, RFC 3325).
 *
 * @param requestUri where it goes
 * @param from without tag
 * @param to without tag
 * @param asserted the P-Asserted-Identity, null toward those that are not trusted with it and where
 *     nobody vouches for the caller
 * @param isPrivate whether the caller wants to stay unknown
 * @param isToTrunk whether others than us may tell who calls, as a carrier may of whose line it is
 * @param isEndToEnd whether caller and target share a secret: credentials and challenges pass
 *     between them
 * @param ringsAsTold whether the sender may tell the target how to ring, and to answer by itself
 */
public record Identities(
    Uri requestUri,
    NameAddr from,
    NameAddr to,
    @Nullable NameAddr asserted,
    boolean isPrivate,
    boolean isToTrunk,
    boolean isEndToEnd,
    boolean ringsAsTold) {

  /** The levels of privacy that hide who calls. */
  private static final Set<String> NAMES = Set.of("id", "user", "header");

  static final NameAddr ANONYMOUS =
      NameAddr.of(SipUri.of("anonymous", "anonymous.invalid", -1)).withDisplayName("Anonymous");

  /** Those of a request that was admitted and routed. */
  public static Identities of(
      SipRequest request,
      Admission.Outcome.Admitted admitted,
      RouteDecision.Deliver route,
      Candidate candidate) {
    return switch (candidate) {
      case Candidate.Contact contact ->
          contact.line() == null
              ? toContact(request, admitted, route, contact)
              : toTrunk(request, admitted, route, Called.by(contact, contact.line()));
      case Candidate.TrunkHost host ->
          isHome(admitted.source(), host)
              ? toHome(request, route)
              : toTrunk(request, admitted, route, Called.at(host));
      case Candidate.Dialog dialog ->
          throw new IllegalStateException("no request of this kind is sent to " + dialog.label());
      case Candidate.Service service ->
          throw new IllegalStateException("no request is sent to " + service.label());
    };
  }

  /** The same for a request to this URI, which is meant as it stands. */
  Identities to(Uri target) {
    return new Identities(
        target, from, NameAddr.of(target), asserted, isPrivate, isToTrunk, isEndToEnd, ringsAsTold);
  }

  /** Whether a candidate is the PBX that the caller has its account at. */
  public static boolean isHome(CallSource source, Candidate candidate) {
    return candidate instanceof Candidate.TrunkHost host
        && host.trunk().care().upstream()
        && source instanceof CallSource.Registered(_, String domain)
        && domain.equals(host.trunk().name());
  }

  /**
   * The caller's digest covers the Request-URI, and its PBX knows both names: all stay, and one who
   * hides from the other side does so there too.
   */
  private static Identities toHome(SipRequest request, RouteDecision.Deliver route) {
    NameAddr from =
        Names.isAnonymous(request.from().uri())
            ? anonymous(request.from(), route.caller().host())
            : named(request.from(), route.caller().user(), route.caller().host());
    NameAddr to = NameAddr.of(request.to().uri()).withDisplayName(request.to().displayName());
    return new Identities(request.requestUri(), from, to, null, false, false, true, true);
  }

  /** One who hides at its PBX; some phones put their own address behind the name. */
  private static NameAddr anonymous(NameAddr from, String home) {
    boolean isOfHome = from.uri() instanceof SipUri uri && uri.bareHost().equals(home);
    return named(from, "anonymous", isOfHome ? home : "anonymous.invalid");
  }

  private static Identities toContact(
      SipRequest request,
      Admission.Outcome.Admitted admitted,
      RouteDecision.Deliver route,
      Candidate.Contact contact) {
    boolean hidden = isPrivate(request, route);
    var aor = contact.binding().aor();
    String fromHost = shownHost(admitted.rules(), route.caller().host(), aor);
    NameAddr from =
        hidden ? ANONYMOUS : named(caller(request, admitted), route.caller().user(), fromHost);
    NameAddr to = NameAddr.of(SipUri.of(aor.user(), aor.domain(), -1));
    boolean isOfHome = isOfHome(admitted, aor);
    return new Identities(contactUri(contact), from, to, null, hidden, false, false, isOfHome);
  }

  /** What a phone calls back is for its own PBX, which may take no other domain for its own. */
  static String shownHost(Ruleset rules, String host, Aor called) {
    return !rules.domains().isLocal(host) && rules.relayed().containsKey(called.domain())
        ? called.domain()
        : rules.domains().localOrDefault(host);
  }

  /** Whether the caller is the PBX that the called phone has its account at. */
  private static boolean isOfHome(Admission.Outcome.Admitted admitted, Aor called) {
    return admitted.source() instanceof CallSource.FromTrunk(String name)
        && name.equals(called.domain())
        && admitted.rules().relayed().containsKey(name);
  }

  private static Identities toTrunk(
      SipRequest request,
      Admission.Outcome.Admitted admitted,
      RouteDecision.Deliver route,
      Called called) {
    Trunk trunk = called.trunk();
    boolean hidden = isPrivate(request, route);
    String domain =
        trunk.fromDomain() == null ? admitted.rules().defaultDomain() : trunk.fromDomain();
    String user = trunk.caller(route.caller().user());
    NameAddr known = phone(trunk, named(caller(request, admitted), user, domain));
    NameAddr from = hidden ? ANONYMOUS : known;
    boolean told = trunk.rights().trusted() && isProven(admitted, route.caller());
    NameAddr vouched = trunk.callerId() == null ? vouched(request, admitted, route) : null;
    NameAddr asserted =
        vouched == null
            ? known
            : phone(trunk, named(vouched, trunk.numbers().of(UserPart.of(vouched.uri())), domain));
    return new Identities(
        called.requestUri(),
        from,
        NameAddr.of(called.to()),
        told ? asserted : null,
        hidden,
        true,
        false,
        false);
  }

  /** Who calls by its own name, for which one that hides in From has a header of its own. */
  private static NameAddr caller(SipRequest request, Admission.Outcome.Admitted admitted) {
    if (!Names.isAnonymous(request.from().uri())) {
      return request.from();
    }
    NameAddr named =
        switch (admitted.source()) {
          case CallSource.Registered _ -> Names.identity(request, HeaderName.P_PREFERRED_IDENTITY);
          case CallSource.FromTrunk(String name) ->
              admitted.rules().trusts(name)
                  ? Names.identity(request, HeaderName.P_ASSERTED_IDENTITY)
                  : null;
          case CallSource.Anonymous _ -> null;
        };
    return named == null ? request.from().withDisplayName(null) : named;
  }

  /**
   * Whom a trunk that we trust asserts beside what From claims, as a PBX that forwards a call does;
   * null where it asserts nobody, or where the route says who calls.
   */
  private static @Nullable NameAddr vouched(
      SipRequest request, Admission.Outcome.Admitted admitted, RouteDecision.Deliver route) {
    boolean isBelieved =
        admitted.source() instanceof CallSource.FromTrunk(String name)
            && admitted.rules().trusts(name)
            && route.caller().user().equals(UserPart.of(request.from().uri()));
    NameAddr identity = isBelieved ? Names.identity(request, HeaderName.P_ASSERTED_IDENTITY) : null;
    return identity == null || UserPart.of(identity.uri()).isEmpty() ? null : identity;
  }

  /** Whether we can vouch for the caller: an account, or whom a trunk that we trust vouches for. */
  private static boolean isProven(Admission.Outcome.Admitted admitted, Party caller) {
    return !Names.isAnonymous(caller)
        && switch (admitted.source()) {
          case CallSource.Registered _ -> true;
          case CallSource.FromTrunk(String name) -> admitted.rules().trusts(name);
          case CallSource.Anonymous _ -> false;
        };
  }

  /**
   * The Privacy value to send along, null if the caller does not mind to be known, or nobody learns
   * of it. A carrier that is told no number asserts that of our line, unless it is asked not to
   * (RFC 3325 section 9.3).
   */
  public @Nullable String privacy() {
    return isPrivate && isToTrunk ? "id" : null;
  }

  private static boolean isPrivate(SipRequest request, RouteDecision.Deliver route) {
    return Names.isAnonymous(route.caller())
        || switch (route.changes().privacy()) {
          case ID -> true;
          case NONE -> false;
          case CALLER -> wishesPrivacy(request);
        };
  }

  private static boolean wishesPrivacy(SipRequest request) {
    return Names.isAnonymous(request.from().uri()) || hidesName(request);
  }

  /** Whether a party does not want to be named (RFC 3323 section 4.2, RFC 3325 section 9.3). */
  static boolean hidesName(SipMessage message) {
    return wishes(message, NAMES);
  }

  /** Whether the caller does not want to show where its media is (RFC 3323 section 4.2). */
  public static boolean hidesMedia(SipRequest request) {
    return wishes(request, Set.of("session"));
  }

  private static boolean wishes(SipMessage message, Set<String> levels) {
    return message.headers().all(HeaderName.PRIVACY).stream()
        .flatMap(value -> Stream.of(value.split("[;,]", -1)))
        .anyMatch(level -> levels.contains(level.strip().toLowerCase(Locale.ROOT)));
  }

  private static NameAddr named(NameAddr original, String user, String host) {
    return NameAddr.of(SipUri.of(user.isEmpty() ? null : user, host, -1))
        .withDisplayName(original.displayName());
  }

  /** With {@code user=phone} where the trunk wants it and it is a number's. */
  private static NameAddr phone(Trunk trunk, NameAddr of) {
    return of.uri() instanceof SipUri uri
        ? NameAddr.of(phone(trunk, uri)).withDisplayName(of.displayName())
        : of;
  }

  static SipUri phone(Trunk trunk, SipUri uri) {
    String user = uri.user();
    return user != null && trunk.uris().saysPhone(user) ? uri.withParam("user", "phone") : uri;
  }

  /** Who is called at a trunk, as its Request-URI and To say it. */
  private record Called(Trunk trunk, Uri requestUri, Uri to) {

    static Called at(Candidate.TrunkHost host) {
      Trunk trunk = host.trunk();
      if (ServiceUrn.is(host.user())) {
        Uri service = new OpaqueUri("urn", host.user());
        return new Called(trunk, service, service);
      }
      SipUri to = SipUri.of(host.user(), trunk.domain(host.host()), -1);
      return new Called(trunk, phone(trunk, numberUri(host)), phone(trunk, to));
    }

    static Called by(Candidate.Contact contact, Candidate.Line line) {
      Trunk trunk = line.trunk();
      Uri registered = contactUri(contact);
      Uri target =
          registered instanceof SipUri uri
              ? phone(trunk, BulkContact.of(uri, line.user()))
              : registered;
      String domain = trunk.uris().domain();
      String home = domain == null ? contact.binding().aor().domain() : domain;
      return new Called(trunk, target, phone(trunk, SipUri.of(line.user(), home, -1)));
    }
  }

  /** The URI of a number in a trunk's domain, or at the target itself where it has none. */
  private static SipUri numberUri(Candidate.TrunkHost host) {
    String domain = host.trunk().uris().domain();
    return domain == null
        ? trunkUri(host.host(), host.user())
        : SipUri.of(host.user(), domain, -1).withSecure(host.host().secure());
  }

  private static Uri contactUri(Candidate.Contact contact) {
    Binding binding = contact.binding();
    try {
      Uri uri = Uri.parse(binding.contactUri());
      return uri instanceof SipUri bulk && BulkContact.is(bulk)
          ? BulkContact.of(bulk, binding.aor().user())
          : uri;
    } catch (SipSyntaxException e) {
      throw new IllegalStateException("the registrar took a contact that is no URI", e);
    }
  }

  /** The URI of a number at a trunk's host, or without one, of the host itself. */
  static SipUri trunkUri(SipTarget target, @Nullable String user) {
    SipUri uri =
        SipUri.of(user, target.host(), target.port() == 0 ? -1 : target.port())
            .withSecure(target.secure());
    return target.transport() == null
        ? uri
        : uri.withParam("transport", target.transport().token());
  }
}
