package org.drawbridge.proxy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.drawbridge.account.Aor;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.proxy.DialogEnd.Owner;
import org.drawbridge.proxy.media.AskedSession;
import org.drawbridge.proxy.media.SessionBodies;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.NextHop;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Device;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.registrar.ProxyPath;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Via;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.OutgoingRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request within a dialog on its way to the other end. Its token says which flow that is; its
 * Route and Request-URI are heeded only among the addresses of one trunk, so that nobody is led
 * elsewhere by them.
 *
 * @param services the loop's parts
 * @param rules the configuration in force
 * @param request as it came
 * @param route the way it goes
 * @param bodies what becomes of its session description and of that of its responses
 */
record DialogHop(
    CallServices services,
    Ruleset rules,
    SipRequest request,
    LooseRoute route,
    SessionBodies bodies)
    implements Hop {

  private static final String GONE = "The connection to the other side is gone";

  @Override
  public String label() {
    return switch (route.end().owner()) {
      case Owner.Account(Aor aor) -> "account:" + aor;
      case Owner.OfTrunk(String name) -> "trunk:" + name;
      case Owner.Stranger _ -> "stranger";
    };
  }

  @Override
  public void obtain(Consumer<FlowResult> result) {
    Flow open = open();
    switch (route.end().owner()) {
      case Owner.Account(Aor aor) -> toDevice(aor, open, result);
      case Owner.Stranger _ -> result.accept(over(open));
      case Owner.OfTrunk(String name) -> {
        TrunkAddresses addresses = new TrunkAddresses(rules, name);
        List<Destination> ways = new ArrayList<>();
        Destination elsewhere = addresses.elsewhere(route.next(), open);
        if (elsewhere != null) {
          ways.add(elsewhere);
        } else if (open == null) {
          ways.addAll(addresses.homes(route.next()));
        }
        if (ways.isEmpty()) {
          result.accept(over(open));
        } else {
          NextHop.first(services, ways.iterator(), result);
        }
      }
    }
  }

  private @Nullable Flow open() {
    Flow known = services.flows().find(route.end().flow());
    return known != null && known.isOpen() ? known : null;
  }

  /** The flow of the device that this is for; null if it is for none, or that has no flow now. */
  @Nullable Flow device() {
    return route.end().owner() instanceof Owner.Account(Aor aor) ? toDevice(aor, open()) : null;
  }

  private static FlowResult over(@Nullable Flow flow) {
    return flow == null ? new FlowResult.Unreachable(GONE) : new FlowResult.Obtained(flow);
  }

  /** Over a flow of the device; where there is none, over a new one to the proxy it is behind. */
  private void toDevice(Aor aor, @Nullable Flow open, Consumer<FlowResult> result) {
    Flow flow = toDevice(aor, open);
    Binding behind =
        flow == null ? ProxyPath.behind(services.locations().lookup(aor), isOfDialog()) : null;
    if (behind == null) {
      result.accept(over(flow));
    } else {
      ProxyPath.obtain(services.flows(), behind, services.loop(), result);
    }
  }

  /**
   * The flow of a device, or the one it has come back on. One over UDP never says that it is gone,
   * and a connection does so late, so the device is where it has registered last.
   */
  private @Nullable Flow toDevice(Aor aor, @Nullable Flow open) {
    List<Binding> bindings = services.locations().lookup(aor);
    if (open != null && bindings.stream().anyMatch(known -> known.flow().equals(open.id()))) {
      return open;
    }
    Flow again =
        bindings.stream()
            .filter(isOfDialog())
            .sorted(Comparator.comparing(binding -> !isWhereItWas(binding)))
            .map(binding -> services.flows().find(binding.flow()))
            .filter(flow -> flow != null && flow.isOpen())
            .findFirst()
            .orElse(open);
    return again == null && bindings.size() == 1
        ? services.flows().find(bindings.getFirst().flow())
        : again;
  }

  /** Two phones behind two routers may have the same Contact. */
  private boolean isWhereItWas(Binding binding) {
    String place = route.end().flow().place();
    return place != null && place.equals(Device.of(binding).place());
  }

  /**
   * Whether a binding is that of the device the dialog is with: it has registered the Contact of
   * the dialog, which may say {@code ob} besides (RFC 5626 section 4.3), or its GRUU is that.
   */
  private Predicate<Binding> isOfDialog() {
    Gruu gruu = gruu();
    if (gruu != null) {
      return gruu::names;
    }
    String contact =
        route.requestUri() instanceof SipUri uri
            ? uri.withoutParam("ob").toString()
            : route.requestUri().toString();
    return binding -> binding.contactUri().equals(contact);
  }

  /** The GRUU that the request is for; null if it is for none of this account. */
  private @Nullable Gruu gruu() {
    if (!(route.end().owner() instanceof Owner.Account(Aor aor))
        || !(route.requestUri() instanceof SipUri uri)
        || !uri.params().has("gr")) {
      return null;
    }
    Gruu gruu = services.locations().gruu(uri);
    return gruu != null && gruu.aor().equals(aor) ? gruu : null;
  }

  /** A GRUU stands for the contact its device has registered (RFC 5627 section 3.3). */
  private @Nullable String contactOfGruu() {
    Gruu gruu = gruu();
    return gruu == null
        ? null
        : services.locations().lookup(gruu.aor()).stream()
            .filter(gruu::names)
            .map(Binding::contactUri)
            .findFirst()
            .orElse(null);
  }

  /** RFC 5626 section 5.3.1 has a status of its own for a flow that is gone. */
  @Override
  public Failure unreachable(String reason) {
    return route.end().owner() instanceof Owner.OfTrunk
        ? Failure.unreachable(label() + " cannot be reached: " + reason)
        : Failure.ofStatus(430, "The connection to the called side is gone", reason);
  }

  @Override
  public OutgoingRequest request(Flow flow) {
    String branch = Via.MAGIC_COOKIE + Tokens.tag();
    return OutgoingRequest.passedOn(request, branch, bytes(flow, branch));
  }

  @Override
  public Function<SipResponse, byte[]> rewriting() {
    return bodies::response;
  }

  @Override
  public AskedSession session() {
    return AskedSession.of(request);
  }

  /** The ACK of a 2xx, which is no transaction (RFC 3261 section 16.11). */
  byte[] ack(Flow flow) {
    return bytes(flow, Via.MAGIC_COOKIE + Tokens.tag());
  }

  private byte[] bytes(Flow flow, String branch) {
    MessageCopy copy = Onward.copy(request, flow, branch);
    route.apply(copy);
    String contact = contactOfGruu();
    if (contact != null) {
      copy.requestUri(contact);
    }
    bodies.request(copy);
    return copy.toBytes();
  }
}
