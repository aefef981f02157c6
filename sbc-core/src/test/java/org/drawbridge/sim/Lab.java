package org.drawbridge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.drawbridge.account.Aor;
import org.drawbridge.b2bua.CallCounters;
import org.drawbridge.limit.Meters;
import org.drawbridge.loop.Shards;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.media.session.CodecPolicy;
import org.drawbridge.media.session.DefaultMediaEngine;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.sip.auth.AuthOutcome;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.transaction.SimNet;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.drawbridge.ua.CoreParts;
import org.drawbridge.ua.InnerNetwork;
import org.drawbridge.ua.UserAgentCore;
import org.jspecify.annotations.Nullable;

/**
 * An SBC in virtual time: real core, transactions, routing and offer/answer; wires and media ports
 * are pretended.
 */
public final class Lab implements Flows, LocationService {

  /** Two trunks, an echo service, and accounts that call one another. */
  public static final String CONFIG = LabRules.STANDARD;

  private static final String SBC_HOST = "198.51.100.1";
  private static final int PEER_PORT = 5062;

  private final SimLoop loop = new SimLoop();
  private final LabPlane plane = new LabPlane();
  private final CallCounters counters = new CallCounters();
  private final Map<FlowId, Flow> flows = new HashMap<>();
  private final Map<Aor, List<Binding>> bindings = new HashMap<>();
  private final Map<String, SimPhone> trunkHosts = new HashMap<>();
  private final Map<String, List<String>> names = new HashMap<>();
  private final Map<Target, Long> avoided = new HashMap<>();
  private final List<Aor> accounts = new ArrayList<>();
  private final Shards shards;
  private final Meters meters;
  private final List<UserAgentCore> cores;
  private Function<Aor, List<Binding>> elsewhere = _ -> List.of();
  private int wires;

  /** The standard one. */
  public Lab() {
    this(CONFIG, CallLimits.DEFAULTS);
  }

  /** With a configuration and limits of its own. */
  public Lab(String config, CallLimits limits) {
    this(config, limits, 1, (_, _) -> CoreParts.UpstreamParts.NONE);
  }

  /** As {@link #Lab(String, CallLimits)}, being a client of others too. */
  public Lab(
      String config,
      CallLimits limits,
      BiFunction<Ruleset, SimLoop, CoreParts.UpstreamParts> upstream) {
    this(config, limits, 1, upstream);
  }

  /** With several signalling loops, which share this test's clock. */
  public Lab(String config, CallLimits limits, int loops) {
    this(config, limits, loops, (_, _) -> CoreParts.UpstreamParts.NONE);
  }

  private Lab(
      String config,
      CallLimits limits,
      int loops,
      BiFunction<Ruleset, SimLoop, CoreParts.UpstreamParts> upstream) {
    Ruleset rules = LabRules.compile(config);
    this.meters = LabRules.meters(config, loop);
    List<LoopView> views =
        IntStream.range(0, loops).mapToObj(index -> new LoopView(loop, index)).toList();
    this.shards = new Shards(views);
    CoreParts parts =
        new CoreParts(
            shards,
            this,
            new CoreParts.AccountParts(
                SimRegistrar::answer,
                this::authenticate,
                this,
                LabRules::secret,
                upstream.apply(rules, loop)),
            () -> rules,
            new DefaultMediaEngine(plane, CodecPolicy.standard()),
            new CoreParts.Bounds(() -> limits, TransactionSettings.DEFAULTS, meters),
            counters);
    InnerNetwork network = new InnerNetwork(shards);
    this.cores = views.stream().map(view -> new UserAgentCore(view, parts, network)).toList();
  }

  /** Credentials here are a name; the real ones have tests of their own. */
  private AuthOutcome authenticate(SipRequest request, InetAddress source, String realm) {
    String credentials = request.headers().first(HeaderName.PROXY_AUTHORIZATION);
    if (credentials == null) {
      SipResponse challenge =
          SipResponse.repeatable(request, 407, "Proxy Authentication Required").build();
      return new AuthOutcome.Refused(challenge, "no credentials", false);
    }
    String user = credentials.replaceAll(".*username=\"([^\"]*)\".*", "$1");
    return new AuthOutcome.Authenticated(new Aor(user, realm));
  }

  // ---- the parties

  /** An account's phone, registered, at an address of its own. */
  public SimPhone phone(String user, Transport transport, String host) {
    return phone(user, transport, host, Binding.DEFAULT_Q);
  }

  /** As {@link #phone(String, Transport, String)} with a preference. */
  public SimPhone phone(String user, Transport transport, String host, int q) {
    Aor aor = new Aor(user, "example.com");
    SimPhone phone = new SimPhone(this, aor, transport, host);
    account(user);
    register(phone, q);
    return phone;
  }

  /** A phone that is not registered, with an account of any domain. */
  public SimPhone stranger(String user, String domain, Transport transport, String host) {
    return new SimPhone(this, new Aor(user, domain), transport, host);
  }

  /** Finds accounts of ours that are registered nowhere here by other means. */
  public void relay(Function<Aor, List<Binding>> finder) {
    elsewhere = finder;
  }

  /** An account that need not be registered. */
  public void account(String user) {
    accounts.add(new Aor(user, "example.com"));
  }

  /** Registers a contact that is reached over a flow. */
  void bind(Aor aor, Flow sbcEnd) {
    accounts.add(aor);
    String contact = "sip:" + aor.user() + "@" + sbcEnd.remote().getAddress().getHostAddress();
    bindings
        .computeIfAbsent(aor, _ -> new ArrayList<>())
        .add(LabBindings.of(aor, contact, sbcEnd, null, 0, Binding.DEFAULT_Q));
  }

  /** A phone has a new connection and registers over it. */
  public void comeBack(SimPhone phone) {
    phone.reconnect();
    register(phone, Binding.DEFAULT_Q);
  }

  /** Registers a phone over the connection it has now, in place of what it had. */
  public void register(SimPhone phone, int q) {
    List<Binding> now = bindings.computeIfAbsent(phone.aor(), _ -> new ArrayList<>());
    String instance = phone.userAgent() + phone.contact();
    now.removeIf(binding -> instance.equals(binding.instance()));
    now.add(LabBindings.of(phone.aor(), phone.contact(), phone.sbcEnd(), instance, 1, q));
    now.sort(Comparator.comparingInt(Binding::q).reversed());
  }

  /** A device of an account that has not registered. */
  public SimPhone device(Aor aor, String host) {
    accounts.add(aor);
    return new SimPhone(this, aor, Transport.TCP, host);
  }

  /** Registers one more contact of its account. */
  public void bind(Binding binding) {
    List<Binding> now = bindings.computeIfAbsent(binding.aor(), _ -> new ArrayList<>());
    now.add(binding);
    now.sort(Comparator.comparingInt(Binding::q).reversed());
  }

  /** Takes all contacts of an account away. */
  public void unbind(Aor aor) {
    bindings.remove(aor);
  }

  /** A host of a trunk, found by its address. */
  public SimPhone trunk(String host) {
    return trunk(host, Transport.UDP);
  }

  /** The same; one over a stream is connected to anew where its connection has closed. */
  public SimPhone trunk(String host, Transport transport) {
    SimPhone trunk = new SimPhone(this, new Aor("trunk", host), transport, host);
    trunkHosts.put(transport + " " + host, trunk);
    return trunk;
  }

  Wire connect(Transport transport, String host, BiConsumer<Flow, SipMessage> reader) {
    String flow = "flow-" + ++wires;
    String name =
        transport == Transport.UDP
            ? FlowId.DATAGRAM_PREFIX + flow + '/' + host + ":" + PEER_PORT
            : flow + '@' + FlowId.placeOf(InetAddress.ofLiteral(host));
    Wire sbc = new Wire(loop, name, transport, Wire.address(SBC_HOST, 5060), this::toCore);
    Wire peer = new Wire(loop, "peer-" + wires, transport, Wire.address(host, PEER_PORT), reader);
    Wire.join(sbc, peer);
    flows.put(sbc.id(), sbc);
    return peer;
  }

  /** Connects a peer that acts by itself over a network that may be bad; returns the SBC's end. */
  Flow link(SimNet net, Transport transport, SimNet.Peer peer) {
    Flow sbcEnd = net.connect(transport, new CoreEnd(), peer);
    flows.put(sbcEnd.id(), sbcEnd);
    return sbcEnd;
  }

  /** What the SBC does with its end of such a link. */
  private final class CoreEnd implements SimNet.Peer {

    @Override
    public void onMessage(Flow flow, SipMessage message) {
      toCore(flow, message);
    }

    @Override
    public void onClosed(Flow flow) {
      cores.forEach(core -> core.onFlowClosed(flow, CloseCause.LOST, "test"));
    }
  }

  private void toCore(Flow flow, SipMessage message) {
    cores.get(shards.loopOf(message.callId()).index()).onMessage(flow, message);
  }

  /** A phone's connection closes. */
  public void disconnect(SimPhone phone, CloseCause cause) {
    Wire end = phone.sbcEnd();
    phone.wire().cut();
    bindings.values().forEach(list -> list.removeIf(binding -> binding.flow().equals(end.id())));
    cores.forEach(core -> core.onFlowClosed(end, cause, "test"));
    settle();
  }

  @Override
  public @Nullable Flow find(FlowId id) {
    Flow flow = flows.get(id);
    return flow != null && flow.isOpen() ? flow : null;
  }

  /** Says which trunk hosts a name stands for, the best first. */
  public void resolve(String name, String... hosts) {
    names.put(name, List.of(hosts));
  }

  @Override
  public void locate(Destination destination, Executor on, Consumer<Located> result) {
    Transport transport = destination.transportOrDefault();
    String name = destination.host();
    List<Target> found =
        names.getOrDefault(name, List.of()).stream()
            .map(host -> new Target(transport, Wire.address(host, PEER_PORT), name))
            .toList();
    Located located =
        found.isEmpty() ? new Located.Nowhere("no such name " + name) : new Located.Found(found);
    on.execute(() -> result.accept(located));
  }

  @Override
  public void obtain(Target target, Executor on, Consumer<FlowResult> result) {
    String host = target.address().getAddress().getHostAddress();
    SimPhone trunk = trunkHosts.get(target.transport() + " " + host);
    if (trunk != null && !trunk.sbcEnd().isOpen()) {
      trunk.reconnect();
    }
    on.execute(
        () ->
            result.accept(
                trunk == null
                    ? new FlowResult.Unreachable("nobody at " + target.transport() + " " + host)
                    : new FlowResult.Obtained(trunk.sbcEnd())));
  }

  @Override
  public void avoid(Target target, Duration time) {
    avoided.put(target, loop.now() + time.toMillis());
  }

  @Override
  public boolean isAvoided(Target target) {
    return avoided.getOrDefault(target, 0L) > loop.now();
  }

  @Override
  public List<Binding> lookup(Aor aor) {
    List<Binding> here = bindings.get(aor);
    return here == null ? elsewhere.apply(aor) : List.copyOf(here);
  }

  @Override
  public Set<Aor> over(FlowId flow) {
    return LabBindings.over(flow, bindings.values());
  }

  @Override
  public void flowFailed(Binding binding) {
    bindings
        .getOrDefault(binding.aor(), new ArrayList<>())
        .removeIf(other -> other.flow().equals(binding.flow()));
  }

  @Override
  public @Nullable Gruu gruu(SipUri uri) {
    return LabBindings.find(uri, bindings.values());
  }

  @Override
  public boolean exists(Aor aor) {
    return accounts.contains(aor);
  }

  // ---- time and state

  /** Lets everything that is due now happen. */
  public void settle() {
    loop.runTasks();
  }

  /** Moves time. */
  public void advance(long millis) {
    loop.advance(millis);
  }

  public SimLoop loop() {
    return loop;
  }

  public LabPlane plane() {
    return plane;
  }

  public CallCounters counters() {
    return counters;
  }

  public Meters meters() {
    return meters;
  }

  /** The core of the first loop. */
  public UserAgentCore core() {
    return cores.getFirst();
  }

  /** Nothing may be left of anything: no call, transaction, timer or media. */
  public void assertClean() {
    loop.runToEnd(200_000);
    for (UserAgentCore core : cores) {
      assertThat(core.calls().size()).as("calls").isZero();
      assertThat(core.calls().legs()).as("legs").isZero();
      assertThat(core.calls().waiting()).as("calls that wait for another").isZero();
      assertThat(core.subscriptions().size()).as("subscriptions").isZero();
      assertThat(core.proxy().size()).as("INVITEs passed on").isZero();
      assertThat(core.proxy().relayed()).as("calls passed on with media").isZero();
      assertThat(core.transactions().size()).as("transactions").isZero();
    }
    assertThat(flows.values()).as("flows that calls hold").noneMatch(Wire::isHeld);
    assertThat(meters.ofAll().calls()).as("counted calls").isZero();
    assertThat(plane.open()).as("media ports").isEmpty();
    assertThat(loop.timers()).as("timers").isZero();
  }
}
