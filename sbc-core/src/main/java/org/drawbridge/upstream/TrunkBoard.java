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
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.policy.TrunkStates;
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
 * whoever shows it. Its size is that of the configuration. Thread-safe.
 */
public final class TrunkBoard implements TrunkStates {

  private static final int CONTACT_BYTES = 10;

  private final InstantSource clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Entry> byContact = new HashMap<>();
  private final Map<FlowId, Trunk> byFlow = new ConcurrentHashMap<>();

  /** One trunk; everything that changes is swapped whole. */
  private static final class Entry {
    final Trunk trunk;
    final Map<SipTarget, TargetHealth> targets = new LinkedHashMap<>();
    volatile @Nullable RegistrationStatus registration;
    volatile @Nullable Flow flow;
    volatile @Nullable InetAddress registrar;

    Entry(Trunk trunk) {
      this.trunk = trunk;
    }
  }

  /** With trunks of which nothing is known yet; those that are to be registered with are closed. */
  public TrunkBoard(Collection<Trunk> trunks, InstantSource clock) {
    this.clock = clock;
    for (Trunk trunk : trunks) {
      Entry entry = new Entry(trunk);
      trunk.targets().forEach(t -> entry.targets.put(t, new TargetHealth(trunk.name(), t, clock)));
      entries.put(trunk.name(), entry);
      TrunkRegistration registration = trunk.care().registration();
      if (registration != null) {
        byContact.put(contactUser(trunk.name(), registration), entry);
        entry.registration =
            new RegistrationStatus(State.TRYING, clock.instant(), "not answered yet", null);
      }
    }
  }

  /**
   * The user part of our Contact at a trunk's registrar: the same after a restart, so that the new
   * Contact takes the place of the old one, and meaningless to others.
   */
  static String contactUser(String trunk, TrunkRegistration registration) {
    String name =
        String.join("\n", trunk, registration.credentials().username(), registration.domain());
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
    return entries.values().stream()
        .map(
            entry ->
                new TrunkStatus(
                    entry.trunk.name(),
                    entry.registration,
                    entry.targets.values().stream().map(TargetHealth::status).toList()))
        .toList();
  }

  @Override
  public @Nullable String closed(Trunk trunk) {
    Entry entry = entries.get(trunk.name());
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
    if (byContact.isEmpty() || !(request.requestUri() instanceof SipUri uri)) {
      return null;
    }
    Entry entry = byContact.get(uri.user());
    return entry != null && flow.remote().getAddress().equals(entry.registrar) ? entry.trunk : null;
  }

  @Override
  public @Nullable Trunk byFlow(Flow flow) {
    return byFlow.get(flow.id());
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
    Entry entry = entries.get(trunk.name());
    return entry == null ? null : entry.targets.get(target);
  }

  /** The registrar has taken our Contact, for this long. */
  void registered(Trunk trunk, Flow flow, Duration lifetime) {
    Entry entry = entry(trunk);
    unbind(entry);
    entry.flow = flow;
    entry.registrar = flow.remote().getAddress();
    byFlow.putIfAbsent(flow.id(), trunk);
    Instant now = clock.instant();
    entry.registration =
        new RegistrationStatus(State.UP, since(entry, State.UP), "registered", now.plus(lifetime));
  }

  /** The registrar does not have our Contact any more, or not yet. */
  void unregistered(Trunk trunk, State state, String reason) {
    Entry entry = entry(trunk);
    unbind(entry);
    entry.registration = new RegistrationStatus(state, since(entry, state), reason, null);
  }

  /** Since when a trunk is in a state that it is in from now on. */
  private Instant since(Entry entry, State state) {
    RegistrationStatus before = entry.registration;
    return before != null && before.state() == state ? before.since() : clock.instant();
  }

  /** The connection that we registered over is gone. */
  void disconnected(Trunk trunk) {
    unbind(entry(trunk));
  }

  private void unbind(Entry entry) {
    Flow flow = entry.flow;
    entry.flow = null;
    if (flow != null) {
      byFlow.remove(flow.id(), entry.trunk);
    }
  }

  private Entry entry(Trunk trunk) {
    Entry entry = entries.get(trunk.name());
    if (entry == null) {
      throw new IllegalStateException("no such trunk: " + trunk.name());
    }
    return entry;
  }
}
