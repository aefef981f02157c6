package org.drawbridge.upstream;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.policy.TrunkStates;
import org.drawbridge.policy.TrunkTry;
import org.drawbridge.routing.trunk.Breaker;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkRegistration;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.upstream.RegistrationStatus.State;
import org.jspecify.annotations.Nullable;

/**
 * How all trunks stand: written by the machines that register and probe, read by every call and by
 * whoever shows it. Its size is that of the configuration. A reload changes it to other trunks: of
 * those that stay, what is known stays. Thread-safe.
 */
public final class TrunkBoard implements TrunkStates {

  private static final int CONTACT_BYTES = 10;

  private final InstantSource clock;
  private final Map<FlowId, Entry> byFlow = new ConcurrentHashMap<>();
  private volatile Table table = new Table(Map.of(), Map.of());

  /** The trunks of one configuration, by name and by the user of our Contact there. */
  private record Table(Map<String, Entry> entries, Map<String, Entry> byContact) {}

  /** Which target has our registration, and over which flow it came there. */
  private record RegisteredAt(SipTarget target, Flow flow) {}

  /** One trunk; everything that changes is swapped whole. */
  private static final class Entry {
    volatile Trunk trunk;
    volatile Map<SipTarget, TargetHealth> targets = Map.of();
    volatile @Nullable RegistrationStatus registration;
    volatile @Nullable Circuit circuit;
    volatile @Nullable RegisteredAt at;
    volatile @Nullable InetAddress registrar;
    volatile List<String> serviceRoute = List.of();

    Entry(Trunk trunk) {
      this.trunk = trunk;
    }
  }

  /** With trunks of which nothing is known yet; those that are to be registered with are closed. */
  public TrunkBoard(Collection<Trunk> trunks, InstantSource clock) {
    this.clock = clock;
    update(trunks);
  }

  /** Changes to other trunks. Of those that are the same, and of the same targets, all is kept. */
  public synchronized void update(Collection<Trunk> trunks) {
    Map<String, Entry> left = new HashMap<>(table.entries);
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, Entry> byContact = new HashMap<>();
    for (Trunk trunk : trunks) {
      Entry before = left.remove(trunk.name());
      Entry entry = before == null ? new Entry(trunk) : before;
      become(entry, trunk, before == null);
      entries.put(trunk.name(), entry);
      TrunkRegistration registration = trunk.care().registration();
      if (registration != null) {
        byContact.put(contactUser(trunk.name(), registration), entry);
      }
    }
    table = new Table(entries, byContact);
    left.values().forEach(this::unbind);
  }

  private void become(Entry entry, Trunk trunk, boolean isNew) {
    Map<SipTarget, TargetHealth> targets = new LinkedHashMap<>();
    for (SipTarget target : trunk.targets()) {
      TargetHealth known = entry.targets.get(target);
      targets.put(target, known == null ? new TargetHealth(trunk.name(), target, clock) : known);
    }
    TrunkRegistration registration = trunk.care().registration();
    boolean sameRegistration = registers(entry, registration);
    entry.targets = targets;
    entry.trunk = trunk;
    entry.circuit = circuit(entry.circuit, trunk);
    if (isNew || !sameRegistration) {
      unbind(entry);
      entry.registration =
          registration == null
              ? null
              : new RegistrationStatus(State.TRYING, clock.instant(), "not answered yet", null);
    }
  }

  private @Nullable Circuit circuit(@Nullable Circuit before, Trunk trunk) {
    Breaker breaker = trunk.bounds().breaker();
    if (breaker == null) {
      return null;
    }
    return before != null && before.breaker().equals(breaker)
        ? before
        : new Circuit(trunk.name(), breaker, clock);
  }

  private static boolean registers(Entry entry, @Nullable TrunkRegistration registration) {
    return Objects.equals(entry.trunk.care().registration(), registration);
  }

  /**
   * The user part of our Contact at a trunk's registrar: the same after a restart, so that the new
   * Contact takes the place of the old one, and meaningless to others.
   */
  static String contactUser(String trunk, TrunkRegistration registration) {
    String name = String.join("\n", trunk, registration.user(), registration.domain());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, CONTACT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** How all trunks stand, in the order of the configuration. */
  public List<TrunkStatus> status() {
    return table.entries.values().stream()
        .map(
            entry ->
                new TrunkStatus(
                    entry.trunk.name(),
                    entry.registration,
                    status(entry.circuit),
                    entry.targets.values().stream().map(TargetHealth::status).toList()))
        .toList();
  }

  private static @Nullable CircuitStatus status(@Nullable Circuit circuit) {
    return circuit == null ? null : circuit.status();
  }

  @Override
  public @Nullable String left(Trunk trunk) {
    Circuit circuit = circuit(trunk);
    return circuit == null ? null : circuit.open();
  }

  @Override
  public TrunkTry begin(Trunk trunk) {
    Circuit circuit = circuit(trunk);
    return circuit == null ? TrunkTry.UNJUDGED : circuit.begin();
  }

  private @Nullable Circuit circuit(Trunk trunk) {
    Entry entry = table.entries.get(trunk.name());
    return entry == null ? null : entry.circuit;
  }

  @Override
  public @Nullable String closed(Trunk trunk) {
    Entry entry = table.entries.get(trunk.name());
    RegistrationStatus status = entry == null ? null : entry.registration;
    return status == null || status.state() == State.UP
        ? null
        : "Trunk " + trunk.name() + " is not registered: " + status.reason();
  }

  @Override
  public boolean isUp(Trunk trunk, SipTarget target) {
    TargetHealth health = health(trunk, target);
    return health == null || health.isUp();
  }

  @Override
  public @Nullable Trunk byContact(SipRequest request, Flow flow) {
    Map<String, Entry> byContact = table.byContact;
    if (byContact.isEmpty() || !(request.requestUri() instanceof SipUri uri)) {
      return null;
    }
    Entry entry = byContact.get(uri.user());
    return entry != null && flow.remote().getAddress().equals(entry.registrar) ? entry.trunk : null;
  }

  @Override
  public @Nullable Trunk byFlow(Flow flow) {
    Entry entry = byFlow.get(flow.id());
    return entry == null ? null : entry.trunk;
  }

  @Override
  public @Nullable Flow registeredOver(Trunk trunk, SipTarget target) {
    Entry entry = table.entries.get(trunk.name());
    RegisteredAt at = entry == null ? null : entry.at;
    return at != null && at.target.equals(target) && at.flow.isOpen() ? at.flow : null;
  }

  @Override
  public void answered(Trunk trunk, SipTarget target) {
    TargetHealth health = health(trunk, target);
    if (health != null) {
      health.answered();
    }
  }

  @Override
  public void failed(Trunk trunk, SipTarget target, Duration rest, String reason) {
    TargetHealth health = health(trunk, target);
    if (health != null) {
      health.rest(rest, reason);
    }
  }

  /** A probe of a target came to nothing. */
  void missed(Trunk trunk, SipTarget target, String reason) {
    TargetHealth health = health(trunk, target);
    if (health != null) {
      health.missed(reason);
    }
  }

  private @Nullable TargetHealth health(Trunk trunk, SipTarget target) {
    Entry entry = table.entries.get(trunk.name());
    return entry == null ? null : entry.targets.get(target);
  }

  @Override
  public List<String> serviceRoute(Trunk trunk) {
    Entry entry = table.entries.get(trunk.name());
    return entry == null ? List.of() : entry.serviceRoute;
  }

  /**
   * The registrar has taken our Contact, for this long.
   *
   * @param at which of its targets that was
   * @param serviceRoute the Route values it asks for (RFC 3608), in place of those before
   */
  void registered(
      Trunk trunk, SipTarget at, Flow flow, Duration lifetime, List<String> serviceRoute) {
    Entry entry = registering(trunk);
    if (entry == null) {
      return;
    }
    unbind(entry);
    entry.at = new RegisteredAt(at, flow);
    entry.serviceRoute = serviceRoute;
    entry.registrar = flow.remote().getAddress();
    byFlow.putIfAbsent(flow.id(), entry);
    Instant now = clock.instant();
    entry.registration =
        new RegistrationStatus(State.UP, since(entry, State.UP), "registered", now.plus(lifetime));
  }

  /** Whether a trunk is registered over this flow. Any thread may ask. */
  public boolean isRegisteredOver(FlowId flow) {
    return byFlow.containsKey(flow);
  }

  /** The registrar does not have our Contact any more, or not yet. */
  void unregistered(Trunk trunk, State state, String reason) {
    Entry entry = registering(trunk);
    if (entry != null) {
      unbind(entry);
      entry.serviceRoute = List.of();
      entry.registration = new RegistrationStatus(state, since(entry, state), reason, null);
    }
  }

  /** The registrar still has our Contact, and did not take it for longer. */
  void notRefreshed(Trunk trunk, String reason) {
    Entry entry = registering(trunk);
    RegistrationStatus before = entry == null ? null : entry.registration;
    if (entry != null && before != null && before.state() == State.UP) {
      String words = "registered, but not refreshed: " + reason;
      entry.registration =
          new RegistrationStatus(State.UP, before.since(), words, before.expires());
    }
  }

  /** Since when a trunk is in a state that it is in from now on. */
  private Instant since(Entry entry, State state) {
    RegistrationStatus before = entry.registration;
    return before != null && before.state() == state ? before.since() : clock.instant();
  }

  /** The connection that we registered over is gone. */
  void disconnected(Trunk trunk) {
    Entry entry = registering(trunk);
    if (entry != null) {
      unbind(entry);
    }
  }

  private void unbind(Entry entry) {
    RegisteredAt at = entry.at;
    entry.at = null;
    if (at != null) {
      byFlow.remove(at.flow.id(), entry);
    }
  }

  /** Null where a reload has ended this registration: its last words are of no use to others. */
  private @Nullable Entry registering(Trunk trunk) {
    Entry entry = table.entries.get(trunk.name());
    return entry != null && registers(entry, trunk.care().registration()) ? entry : null;
  }
}
