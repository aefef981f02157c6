package org.drawbridge.reach;

import org.drawbridge.account.Aor;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Device;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.registrar.ProxyPath;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/** Who is at the far end of a dialog, and so how it is found again when its flow is gone. */
public sealed interface Peer {

  /** What logs call it. */
  String label();

  /** The trunk that it is; null for everybody else. */
  default @Nullable Trunk trunk() {
    return null;
  }

  /**
   * A phone of an account, or a PBX that registers as one.
   *
   * @param device by which its contact is found again; null if it has registered none
   * @param trunk what the PBX is to us; null for a phone
   */
  record Account(Aor aor, @Nullable Device device, @Nullable Trunk trunk) implements Peer {
    @Override
    public String label() {
      return trunk == null ? aor.toString() : "trunk:" + trunk.name();
    }

    private boolean is(Binding binding) {
      return device != null && device.is(binding);
    }
  }

  /**
   * A trunk: a new connection is made to it when one is needed; that one closes says nothing.
   *
   * @param host which of its hosts
   */
  record OfTrunk(Trunk trunk, SipTarget host) implements Peer {
    @Override
    public String label() {
      return "trunk:" + trunk.name();
    }
  }

  /** A stranger, who cannot be found again. */
  record Stranger() implements Peer {
    @Override
    public String label() {
      return "anonymous";
    }
  }

  /** Another call of ours, which may live on another loop. */
  record Inner() implements Peer {
    @Override
    public String label() {
      return "another call";
    }
  }

  /** Who a request of this peer comes from, as was proven when its call began. */
  default CallSource source(Flow flow) {
    return switch (this) {
      case Account(_, _, var trunk) when trunk != null -> new CallSource.FromTrunk(trunk.name());
      case Account(Aor aor, _, _) -> new CallSource.Registered(aor.user(), aor.domain());
      case OfTrunk(Trunk trunk, _) -> new CallSource.FromTrunk(trunk.name());
      case Stranger(), Inner() -> new CallSource.Anonymous(flow.remote().getAddress());
    };
  }

  /** How others know this peer: an account by its address, everyone else by what it says. */
  default NameAddr address(NameAddr claimed) {
    return this instanceof Account(Aor aor, _, var trunk) && trunk == null
        ? NameAddr.of(SipUri.of(aor.user(), aor.domain(), -1))
        : claimed;
  }

  /** Who sent a call that came over this flow. */
  static Peer of(CallSource source, Flow flow, LocationService locations, TrunkIndex trunks) {
    return switch (source) {
      case CallSource.Registered(String user, String domain) ->
          account(new Aor(user, domain), null, flow, locations);
      case CallSource.FromTrunk(String name) -> trunk(name, flow, locations, trunks);
      case CallSource.Anonymous _ -> new Stranger();
    };
  }

  private static Peer trunk(String name, Flow flow, LocationService locations, TrunkIndex trunks) {
    Trunk trunk = trunks.byName(name);
    if (trunk == null) {
      return new Stranger();
    }
    Aor account = Aor.of(trunk);
    return account == null
        ? new OfTrunk(trunk, trunk.targets().getFirst())
        : account(account, trunk, flow, locations);
  }

  private static Peer account(
      Aor aor, @Nullable Trunk trunk, Flow flow, LocationService locations) {
    for (Binding binding : locations.lookup(aor)) {
      if (binding.flow().equals(flow.id())) {
        return new Account(aor, Device.of(binding), trunk);
      }
    }
    return new Account(aor, null, trunk);
  }

  /**
   * The contact that was called. A PBX that registers with us has no more rights where its account
   * was called by name.
   */
  static Peer of(Candidate.Contact contact, TrunkIndex trunks) {
    Binding binding = contact.binding();
    return new Account(binding.aor(), Device.of(binding), binding.aor().trunk(trunks));
  }

  /**
   * Where requests to this peer go whose Contact is this URI: a GRUU of the account itself stands
   * for the contact it has registered (RFC 5627 section 3.3), for that is what the device knows.
   */
  default Uri target(Uri contact, LocationService locations) {
    if (!(this instanceof Account account)
        || !(contact instanceof SipUri uri)
        || !uri.params().has("gr")) {
      return contact;
    }
    Gruu gruu = locations.gruu(uri);
    if (gruu == null || !gruu.aor().equals(account.aor())) {
      return contact;
    }
    for (Binding binding : locations.lookup(account.aor())) {
      if (gruu.names(binding)) {
        return parsed(binding.contactUri(), contact);
      }
    }
    return contact;
  }

  private static Uri parsed(String uri, Uri otherwise) {
    try {
      return Uri.parse(uri);
    } catch (SipSyntaxException e) {
      return otherwise;
    }
  }

  /** The domain of a phone that is registered at a PBX behind us; null for everybody else. */
  default @Nullable String home(Ruleset rules) {
    return this instanceof Account(Aor aor, _, _) && rules.relayed().containsKey(aor.domain())
        ? aor.domain()
        : null;
  }

  /** Whether this peer is the PBX that another has its account at, and a password. */
  default boolean isHomeOf(Peer phone) {
    return this instanceof OfTrunk(Trunk trunk, _)
        && trunk.care().upstream()
        && phone instanceof Account(Aor aor, _, _)
        && aor.domain().equals(trunk.name());
  }

  /** Whether this peer is an account that is registered over a flow. */
  default boolean isRegistered(FlowId flow, LocationService locations) {
    return this instanceof Account account
        && locations.lookup(account.aor()).stream()
            .anyMatch(binding -> binding.flow().equals(flow));
  }

  /** Whether it is this peer who sends on a flow: by its registration, or its trunk's address. */
  default boolean isKnownOn(Flow flow, LocationService locations, TrunkIndex trunks) {
    return switch (this) {
      case Account _ -> isRegistered(flow.id(), locations);
      case OfTrunk(Trunk trunk, _) -> {
        Trunk there = trunks.byAddress(flow.remote().getAddress());
        yield there != null && there.name().equals(trunk.name());
      }
      case Stranger(), Inner() -> false;
    };
  }

  /**
   * How this peer is reached by the proxy it is behind, to which there is no connection now (RFC
   * 3327); null if it is not.
   */
  default @Nullable Binding behindProxy(LocationService locations) {
    return this instanceof Account account
        ? ProxyPath.behind(locations.lookup(account.aor()), account::is)
        : null;
  }

  /** The open flow this peer has registered since, or null. */
  default @Nullable Flow find(LocationService locations, Flows flows) {
    if (!(this instanceof Account account)) {
      return null;
    }
    for (Binding binding : locations.lookup(account.aor())) {
      Flow flow = account.is(binding) ? flows.find(binding.flow()) : null;
      if (flow != null && flow.isOpen()) {
        return flow;
      }
    }
    return null;
  }
}
