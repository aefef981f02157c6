package org.drawbridge.upstream;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.account.Aor;
import org.drawbridge.policy.RelayedAccounts;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.BindingWatcher;
import org.drawbridge.registrar.Device;
import org.drawbridge.registrar.store.KeptPhone;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * The phones that have signed in through us at a PBX, by alias, account and flow. Bounded; one
 * phone too many is refused. Thread-safe: look-ups by alias and account take no lock.
 */
public final class RelayTable implements RelayedAccounts {

  /** Bounded, whoever sends what. */
  private static final Logger REFUSED = LogManager.getLogger("org.drawbridge.refused.relay");

  /** The domain of aliases, which no account of anybody can be in (RFC 6761). */
  static final String ALIASES = "alias.invalid";

  private static final int PHONES_PER_ACCOUNT = 10;

  private final Aliases aliases;
  private final InstantSource clock;
  private volatile int capacity;
  private final Map<String, RelayedPhone> byAlias = new ConcurrentHashMap<>();
  private final Map<Aor, List<String>> byAccount = new ConcurrentHashMap<>();
  private final Map<FlowId, List<String>> byFlow = new HashMap<>();
  private final LongAdder refused = new LongAdder();

  private volatile BindingWatcher watcher = (_, _, _) -> {};

  /**
   * An empty table for so many phones.
   *
   * @param secret random bytes: as long as they are the same, so are the names PBXs know phones by
   */
  public RelayTable(int capacity, InstantSource clock, byte[] secret) {
    this.aliases = new Aliases(secret);
    this.capacity = capacity;
    this.clock = clock;
  }

  /** Takes so many phones from now on; those that are there stay. */
  public void capacity(int changed) {
    capacity = changed;
  }

  /**
   * What the PBX calls a phone: the same each time the phone registers, also over another
   * connection, so that it replaces itself there. Nobody can guess it. A phone whose Contact is
   * also that of another one has a name that is not the other's.
   */
  String alias(Aor account, Device device) {
    for (RelayedPhone phone : phones(account)) {
      if (phone.binding().instance() == null
          && device.instance() == null
          && device.is(phone.binding())) {
        return phone.alias();
      }
    }
    String name = RelayedContact.device(device.instance(), device.contactUri());
    String alias = aliases.make(account, name);
    for (int number = 2; isOfLikeness(alias, device); number++) {
      alias = aliases.make(account, name + "\n" + number);
    }
    return alias;
  }

  /** Ends at the latest when all phones of the account have been looked at. */
  private boolean isOfLikeness(String alias, Device device) {
    RelayedPhone phone = byAlias.get(alias);
    return phone != null && Device.of(phone.binding()).isLikeness(device);
  }

  /** What the PBX gets for a Call-ID of an account's phone: see {@link Aliases#callId}. */
  String callId(Aor account, String callId, int number) {
    return aliases.callId(account, callId, number);
  }

  /** Tells this one, and no other, of each change from now on. */
  public void watch(BindingWatcher changes) {
    watcher = changes;
  }

  /** The phones of an account that are reached also after a restart. */
  public List<KeptPhone> kept(Aor account) {
    return phones(account).stream()
        .filter(phone -> phone.flow().outlivesProcess())
        .map(phone -> new KeptPhone(phone.binding(), phone.registrar(), phone.serviceRoute()))
        .toList();
  }

  /**
   * Takes the phones of an account as they were kept. What the PBX has granted them is not among
   * that: it hears their next refresh.
   */
  public void restore(List<KeptPhone> saved) {
    for (KeptPhone kept : saved) {
      Binding binding = kept.binding();
      RelayedPhone phone =
          new RelayedPhone(
              binding,
              alias(binding.aor(), Device.of(binding)),
              kept.registrar(),
              null,
              kept.serviceRoute(),
              List.of(),
              clock.millis());
      if (binding.flow().outlivesProcess() && phone.isSignedIn(clock.millis())) {
        put(phone);
      }
    }
  }

  /** Shows the way to each phone. */
  public void forEachFlow(Consumer<FlowId> use) {
    byAlias.values().forEach(phone -> use.accept(phone.flow()));
  }

  private List<RelayedPhone> phones(Aor account) {
    List<RelayedPhone> found = new ArrayList<>();
    for (String alias : byAccount.getOrDefault(account, List.of())) {
      RelayedPhone phone = byAlias.get(alias);
      if (phone != null) {
        found.add(phone);
      }
    }
    return found;
  }

  private List<Binding> bindings(Aor account) {
    return phones(account).stream().map(RelayedPhone::binding).toList();
  }

  /** The phone of an alias, signed in or not any more; null if there is none. */
  @Nullable RelayedPhone find(String alias) {
    return byAlias.get(alias);
  }

  /** Stores a phone. Returns false when the table, or the account's share of it, is full. */
  synchronized boolean put(RelayedPhone phone) {
    RelayedPhone before = byAlias.get(phone.alias());
    List<Binding> old = bindings(phone.account());
    if (before == null && !hasRoomFor(phone)) {
      refused.increment();
      return false;
    }
    byAlias.put(phone.alias(), phone);
    if (before == null) {
      byAccount.merge(phone.account(), List.of(phone.alias()), RelayTable::joined);
    }
    if (before == null || !before.flow().equals(phone.flow())) {
      if (before != null) {
        byFlow.computeIfPresent(before.flow(), (_, all) -> without(all, phone.alias()));
      }
      byFlow.merge(phone.flow(), List.of(phone.alias()), RelayTable::joined);
    }
    watcher.changed(phone.account(), old, bindings(phone.account()));
    return true;
  }

  private boolean hasRoomFor(RelayedPhone phone) {
    return byAlias.size() < capacity
        && byAccount.getOrDefault(phone.account(), List.of()).size() < PHONES_PER_ACCOUNT;
  }

  /** Forgets a phone. */
  synchronized void remove(String alias) {
    RelayedPhone phone = byAlias.get(alias);
    if (phone != null) {
      List<Binding> before = bindings(phone.account());
      byAlias.remove(alias);
      byAccount.computeIfPresent(phone.account(), (_, all) -> without(all, alias));
      byFlow.computeIfPresent(phone.flow(), (_, all) -> without(all, alias));
      watcher.changed(phone.account(), before, bindings(phone.account()));
    }
  }

  /** Forgets the phones of domains that no PBX has any more. */
  public void retain(Set<String> domains) {
    for (RelayedPhone phone : byAlias.values()) {
      if (!domains.contains(phone.account().domain())) {
        remove(phone.alias());
      }
    }
  }

  /** Forgets all phones of an account. */
  void removeAll(Aor account) {
    byAccount.getOrDefault(account, List.of()).forEach(this::remove);
  }

  private static List<String> joined(List<String> all, List<String> more) {
    List<String> joined = new ArrayList<>(all);
    joined.addAll(more);
    return List.copyOf(joined);
  }

  private static @Nullable List<String> without(List<String> all, String alias) {
    List<String> rest = all.stream().filter(other -> !other.equals(alias)).toList();
    return rest.isEmpty() ? null : rest;
  }

  /** The way to a phone has turned out to be gone; it stays if it has come back another way. */
  synchronized void flowFailed(Binding binding) {
    for (String alias : byFlow.getOrDefault(binding.flow(), List.of())) {
      RelayedPhone phone = byAlias.get(alias);
      if (phone != null && phone.binding().equals(binding)) {
        remove(alias);
      }
    }
  }

  /** A stream is gone, and with it the way to its phones. */
  public synchronized void onFlowClosed(Flow flow) {
    List.copyOf(byFlow.getOrDefault(flow.id(), List.of())).forEach(this::remove);
  }

  /** Forgets phones that have not come back in time. */
  public void sweep() {
    long now = clock.millis();
    for (RelayedPhone phone : byAlias.values()) {
      if (!phone.isSignedIn(now)) {
        remove(phone.alias());
      }
    }
  }

  /** Whether a phone is reached over this flow. */
  public synchronized boolean isBound(FlowId flow) {
    return byFlow.containsKey(flow);
  }

  /** How many phones there are. */
  public int size() {
    return byAlias.size();
  }

  /** How many registrations found no room. */
  public long refused() {
    return refused.sum();
  }

  /** Whose phones there are, in no order: a view that others change meanwhile. */
  public Set<Aor> accounts() {
    return Collections.unmodifiableSet(byAccount.keySet());
  }

  /** The phones of an account, or the one of an alias, that are signed in now. */
  public List<Binding> lookup(Aor aor) {
    Collection<String> aliases =
        aor.domain().equals(ALIASES) ? List.of(aor.user()) : byAccount.getOrDefault(aor, List.of());
    long now = clock.millis();
    Map<String, Binding> found = new LinkedHashMap<>();
    for (String alias : aliases) {
      RelayedPhone phone = byAlias.get(alias);
      if (phone != null && phone.isSignedIn(now)) {
        found.put(alias, phone.binding());
      }
    }
    return List.copyOf(found.values());
  }

  @Override
  public @Nullable Phone called(SipRequest request, Flow flow) {
    if (byAlias.isEmpty() || !(request.requestUri() instanceof SipUri uri) || uri.user() == null) {
      return null;
    }
    RelayedPhone phone = byAlias.get(uri.user());
    if (phone == null || !phone.isSignedIn(clock.millis())) {
      return null;
    }
    if (!flow.remote().getAddress().equals(phone.registrar())) {
      tellOfOther(request, flow, phone);
      return null;
    }
    return new Phone(phone.account(), new Aor(phone.alias(), ALIASES));
  }

  /** Who knows an alias is likely another host of the PBX, whose users wonder why nothing rings. */
  private static void tellOfOther(SipRequest request, Flow flow, RelayedPhone phone) {
    if (request.method() == Method.INVITE) {
      REFUSED.info(
          "relay.other-address aor={} source={} registered-at={}: only the address that answered"
              + " REGISTER may call the phone",
          phone.account(),
          flow.remote(),
          phone.registrar().getHostAddress());
    }
  }

  @Override
  public boolean isGone(SipRequest request) {
    if (!(request.requestUri() instanceof SipUri uri) || uri.user() == null) {
      return false;
    }
    RelayedPhone phone = byAlias.get(uri.user());
    return phone == null ? aliases.isOurs(uri.user()) : !phone.isSignedIn(clock.millis());
  }

  @Override
  public boolean isSignedIn(Aor account, Flow flow) {
    return phone(account, flow) != null;
  }

  @Override
  public synchronized List<Aor> over(Flow flow) {
    long now = clock.millis();
    return byFlow.getOrDefault(flow.id(), List.of()).stream()
        .map(byAlias::get)
        .filter(phone -> phone != null && phone.isSignedIn(now))
        .map(RelayedPhone::account)
        .distinct()
        .toList();
  }

  @Override
  public List<String> serviceRoute(Aor account, Flow flow) {
    RelayedPhone phone = phone(account, flow);
    return phone == null ? List.of() : phone.serviceRoute();
  }

  private @Nullable RelayedPhone phone(Aor account, Flow flow) {
    long now = clock.millis();
    return phones(account).stream()
        .filter(phone -> phone.flow().equals(flow.id()) && phone.isSignedIn(now))
        .findFirst()
        .orElse(null);
  }
}
