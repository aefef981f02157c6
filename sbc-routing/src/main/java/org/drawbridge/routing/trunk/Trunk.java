package org.drawbridge.routing.trunk;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.drawbridge.routing.number.NumberFormat;
import org.drawbridge.routing.value.Cidr;
import org.drawbridge.routing.value.SipTarget;
import org.jspecify.annotations.Nullable;

/**
 * A carrier or PBX that we send calls to and take calls from.
 *
 * @param name its key in the configuration
 * @param targets where to send requests, tried in this order; empty only where it registers with us
 * @param from source networks whose requests are taken as this trunk's; empty for outbound only
 * @param credentials our answer to its digest challenge, or null where it asks for none
 * @param media how audio travels
 * @param fromDomain host of the From URI toward the trunk, or null for our first domain
 * @param callerId user of the From URI toward the trunk, or null for the caller as routed
 * @param tryTimeout how long one address of a target may leave a request without any response
 *     before the next one is tried
 * @param care registration and probing
 * @param rights what it is allowed and trusted with
 * @param bounds what keeps calls from it although it answers
 * @param profile what it can do, and what not
 * @param numbers how it wants to see the numbers of caller and callee
 * @param uris how URIs toward it are written
 * @param tls what TLS connections to it are made with
 */
public record Trunk(
    String name,
    List<SipTarget> targets,
    List<Cidr> from,
    @Nullable TrunkCredentials credentials,
    TrunkMedia media,
    @Nullable String fromDomain,
    @Nullable String callerId,
    Duration tryTimeout,
    TrunkCare care,
    TrunkRights rights,
    TrunkBounds bounds,
    TrunkProfile profile,
    NumberFormat numbers,
    TrunkUris uris,
    TrunkTls tls) {

  /** Longer than a lost datagram needs to be repeated three times. */
  public static final Duration TRY_TIMEOUT = Duration.ofSeconds(5);

  /** An address that is called as a trunk about which nothing else is known. */
  public static Trunk at(SipTarget target) {
    return new Trunk(
        target.toString(),
        List.of(target),
        List.of(),
        null,
        TrunkMedia.RTP,
        null,
        null,
        TRY_TIMEOUT,
        TrunkCare.NONE,
        TrunkRights.NONE,
        TrunkBounds.NONE,
        TrunkProfile.STANDARD,
        NumberFormat.AS_ROUTED,
        TrunkUris.STANDARD,
        TrunkTls.USUAL);
  }

  /** The same, with the targets of this host tried before the others. */
  public Trunk beginningAt(String host) {
    Comparator<SipTarget> others = Comparator.comparing(at -> !at.host().equalsIgnoreCase(host));
    return new Trunk(
        name,
        targets.stream().sorted(others).toList(),
        from,
        credentials,
        media,
        fromDomain,
        callerId,
        tryTimeout,
        care,
        rights,
        bounds,
        profile,
        numbers,
        uris,
        tls);
  }

  /** The user part that it sees of a caller. */
  public String caller(String routed) {
    return callerId == null ? numbers.of(routed) : callerId;
  }

  /** The account that it registers with us as; null where it does not. */
  public @Nullable TrunkAccount account() {
    return care.account();
  }

  /** The host in URIs of whoever is reached by one of its targets. */
  public String domain(SipTarget target) {
    return uris.domain() == null ? target.host() : uris.domain();
  }

  public Trunk {
    targets = List.copyOf(targets);
    from = List.copyOf(from);
  }
}
