package org.drawbridge.proxy;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Breadth;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.DeviceFlows;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.HeaderEdits;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Paths;
import org.drawbridge.proxy.media.AskedSession;
import org.drawbridge.proxy.media.RelayedBranch;
import org.drawbridge.proxy.media.RelayedCall;
import org.drawbridge.proxy.media.SessionHint;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.DeviceOffers;
import org.drawbridge.registrar.ProxyPath;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.TargetWalk;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.OutgoingRequest;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A request outside a dialog on its way to one candidate (RFC 3261 section 16.6). It passes as it
 * came but for what a proxy must change, and but for what is between the sender and us: its
 * credentials for our realm, its Route, and a P-Asserted-Identity that nobody vouches for (RFC 3325
 * section 5).
 */
final class NewHop implements Hop {

  /**
   * What all branches of one request share.
   *
   * @param hash of the {@link LoopGuard}
   * @param media what relays the media, null where it goes past us
   */
  record Origin(
      CallServices services,
      ServerTransaction server,
      Admitted admitted,
      RouteDecision.Deliver route,
      Signs signs,
      long hash,
      @Nullable RelayedCall media) {

    /** The same with media through us. */
    Origin relaying(RelayedCall call) {
      return new Origin(services, server, admitted, route, signs, hash, call);
    }
  }

  private final Origin origin;
  private final DeviceFlows flows;
  private final DeviceOffers offers;
  private final int breadth;
  private Candidate candidate;

  /** The flow to try instead of that of a device that failed. */
  private @Nullable Candidate other;

  /** The addresses of a trunk's host (RFC 3263); null for a device. */
  private final @Nullable TargetWalk walk;

  private final @Nullable RelayedBranch media;

  /**
   * A request to a candidate.
   *
   * @param breadth into how many branches it may be forked downstream (RFC 5393)
   */
  NewHop(Origin origin, Candidate candidate, int breadth) {
    this.origin = origin;
    this.breadth = breadth;
    this.candidate = candidate;
    this.flows = new DeviceFlows(origin.services.locations());
    this.offers = new DeviceOffers(origin.services.devices());
    this.walk =
        candidate instanceof Candidate.TrunkHost host
            ? new TargetWalk(
                origin.services.flows(),
                Outgoing.destination(host.trunk(), host.host(), origin.services.trunks()),
                origin.services.loop())
            : null;
    this.media = origin.media == null ? null : origin.media.branch();
  }

  @Override
  public String label() {
    return candidate.label();
  }

  @Override
  public void obtain(Consumer<FlowResult> result) {
    RelayedBranch relaying = media;
    find(
        relaying == null
            ? result
            : found -> result.accept(relaying.prepare(candidate, offers, found)));
  }

  private void find(Consumer<FlowResult> result) {
    switch (candidate) {
      case Candidate.Contact _ -> toDevice(result);
      case Candidate.TrunkHost _ -> Objects.requireNonNull(walk).next(result);
      case Candidate.Dialog dialog ->
          result.accept(new FlowResult.Unreachable(dialog.label() + " is not behind a proxy"));
      case Candidate.Service service ->
          result.accept(new FlowResult.Unreachable(service.label() + " is not behind a proxy"));
    }
  }

  private void toDevice(Consumer<FlowResult> result) {
    Candidate first = other == null ? candidate : other;
    other = null;
    toDevice(first, result);
  }

  /** Over the first flow of the device that there is (RFC 5626 section 7). */
  private void toDevice(@Nullable Candidate now, Consumer<FlowResult> result) {
    if (!(now instanceof Candidate.Contact(var binding, _))) {
      result.accept(new FlowResult.Unreachable("its connection is gone"));
      return;
    }
    candidate = now;
    ProxyPath.obtain(
        origin.services.flows(),
        binding,
        origin.services.loop(),
        found -> {
          if (found instanceof FlowResult.Unreachable) {
            toDevice(flows.afterUnreachable(now), result);
          } else {
            result.accept(found);
          }
        });
  }

  @Override
  public Failure unreachable(String reason) {
    return Failure.noWay(candidate, "The connection to the called account is gone", reason);
  }

  @Override
  public OutgoingRequest request(Flow flow) {
    SipRequest original = origin.server.request();
    Identities identities = Identities.of(original, origin.admitted, origin.route, candidate);
    String branch = origin.signs.loops().branch(origin.hash);
    MessageCopy copy =
        Onward.copy(original, flow, branch).requestUri(identities.requestUri().toString());
    String relay = origin.media == null ? null : origin.media.id();
    RecordRoute.add(copy, origin.server.flow(), flow, token(original, flow), relay);
    copy.remove(HeaderName.ROUTE);
    Paths.of(candidate, origin.services.trunks()).forEach(hop -> copy.add(HeaderName.ROUTE, hop));
    if (origin.admitted.source() instanceof CallSource.Registered(_, String realm)) {
      copy.removeWith(HeaderName.PROXY_AUTHORIZATION, '"' + realm + '"');
    }
    if (Breadth.isLimited(original)) {
      copy.remove(Breadth.HEADER).add(Breadth.HEADER, Integer.toString(breadth));
    }
    if (origin.admitted.source() instanceof CallSource.FromTrunk(String name)
        && origin.admitted.rules().trunks().byName(name) instanceof Trunk trunk
        && (trunk.rights().login() != null || trunk.account() != null)) {
      copy.remove(HeaderName.PROXY_AUTHORIZATION);
    }
    identify(copy, identities);
    HeaderEdits.apply(origin.route.changes(), candidate, copy);
    SessionHint.ask(copy, original, origin.admitted.rules().session().interval());
    if (media != null) {
      media.request(copy);
    }
    return OutgoingRequest.passedOn(original, branch, copy.toBytes());
  }

  @Override
  public Function<SipResponse, byte[]> rewriting() {
    return media == null ? Hop.super.rewriting() : media::response;
  }

  @Override
  public AskedSession session() {
    return AskedSession.of(origin.server.request(), origin.admitted.rules().session().interval());
  }

  @Override
  public void carrier(Flow flow, int bytes, Consumer<Flow> result) {
    if (walk == null) {
      result.accept(flow);
    } else {
      walk.carrier(flow, bytes, result);
    }
  }

  @Override
  public boolean isForked() {
    return candidate instanceof Candidate.TrunkHost;
  }

  @Override
  public long silence() {
    Trunk trunk = candidate.trunk();
    return trunk == null ? 0 : trunk.tryTimeout().toMillis();
  }

  @Override
  public void failed(Duration time) {
    if (walk != null) {
      walk.failed(time);
    }
  }

  @Override
  public void broke() {
    if (walk != null) {
      walk.broke();
    }
  }

  @Override
  public void flowFailed() {
    goOn(flows.after(candidate));
  }

  @Override
  public boolean offerRefused(int status, boolean rang) {
    LegKind offered = media == null ? null : media.offered();
    if (offered == null || status != 488 && status != 606) {
      return false;
    }
    if (rang) {
      offers.rang();
    }
    return offers.refused(offered);
  }

  @Override
  public void answered() {
    LegKind offered = media == null ? null : media.offered();
    if (media != null && offered != null && media.isNegotiated()) {
      offers.taken(offered);
    }
  }

  @Override
  public void flowClosed() {
    goOn(flows.afterUnreachable(candidate));
  }

  private void goOn(@Nullable Candidate next) {
    other = next;
    if (media != null) {
      media.release(); // what was agreed with the device there holds for no other
    }
  }

  @Override
  public boolean mayReturn() {
    return DeviceFlows.mayReturn(candidate);
  }

  @Override
  public void follow(ClientTransaction sent) {
    flows.follow(candidate, sent, origin.services.flows());
  }

  @Override
  public boolean hasNext() {
    return walk == null ? other != null : walk.hasNext();
  }

  private String token(SipRequest original, Flow flow) {
    DialogEnd caller =
        DialogEnd.of(
            origin.admitted.source(), origin.server.flow().id(), origin.admitted.rules().trunks());
    DialogEnd callee = DialogEnd.of(candidate, flow.id());
    return origin.signs.tokens().mint(original.callId(), original.fromTag(), caller, callee);
  }

  /** Trunks that the operator trusts are told who calls and believed; nobody else is (RFC 3325). */
  private void identify(MessageCopy copy, Identities identities) {
    boolean fromTrunk =
        origin.admitted.source() instanceof CallSource.FromTrunk(String name)
            && origin.admitted.rules().trusts(name);
    Trunk to = candidate.trunk();
    boolean toTrunk = to != null && to.rights().trusted();
    if (!fromTrunk) {
      copy.remove(HeaderName.P_ASSERTED_IDENTITY);
      if (toTrunk && identities.asserted() != null) {
        copy.add(HeaderName.P_ASSERTED_IDENTITY, identities.asserted().toString());
      }
    } else if (!toTrunk && identities.isPrivate()) {
      copy.remove(HeaderName.P_ASSERTED_IDENTITY);
    }
  }
}
