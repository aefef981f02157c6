package org.drawbridge.registrar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * One REGISTER applied to the bindings of its address of record: all of it, or none where a binding
 * is newer than the request (RFC 3261 10.3 step 7). Used once, by one thread.
 */
final class BindingUpdate {

  /** Those that cannot be reached go first, then those that end first. */
  private static final Comparator<Binding> LEAST_MISSED =
      Comparator.comparing(Binding::hasFlow).thenComparingLong(Binding::expiresAt);

  private final Registration registration;
  private final Aor aor;
  private final int maxContacts;
  private final TemporaryGruus gruus;

  /** What this request has bound so far; it makes no room for others. */
  private final List<Binding> bound = new ArrayList<>();

  private boolean full;
  private boolean outOfOrder;
  private boolean removal = true;
  private boolean refresh = true;

  BindingUpdate(Registration registration, Aor aor, int maxContacts, TemporaryGruus gruus) {
    this.registration = registration;
    this.aor = aor;
    this.maxContacts = maxContacts;
    this.gruus = gruus;
  }

  /** Whether the request was older than a binding it would change, so that nothing was changed. */
  boolean isOutOfOrder() {
    return outOfOrder;
  }

  /** Whether others had to make room. */
  boolean isFull() {
    return full;
  }

  /** Whether bindings were only removed. */
  boolean isRemoval() {
    return removal;
  }

  /** Whether bindings were only prolonged. */
  boolean isRefresh() {
    return refresh && !removal;
  }

  /** The bindings after the request. */
  List<Binding> apply(List<Binding> live, List<ContactChange.Contact> contacts, boolean removeAll) {
    outOfOrder = false;
    full = false;
    bound.clear();
    List<Binding> result = new ArrayList<>(live);
    if (removeAll) {
      result.removeIf(this::replaces);
    }
    for (ContactChange.Contact contact : contacts) {
      if (!apply(contact, result)) {
        break;
      }
    }
    if (outOfOrder) {
      return live;
    }
    full = result.size() > maxContacts;
    while (result.size() > maxContacts) {
      result.remove(
          result.stream()
              .filter(binding -> !bound.contains(binding))
              .min(LEAST_MISSED)
              .orElseThrow());
    }
    return result;
  }

  private boolean apply(ContactChange.Contact contact, List<Binding> result) {
    String instance = contact.address().param("+sip.instance");
    int regId = registration.outbound() ? regId(contact.address(), instance) : 0;
    int at = find(result, contact.uri(), instance, regId);
    Binding old = at < 0 ? null : result.get(at);
    if (contact.lifetime() == 0 && bound.contains(old)) {
      return true; // a device that moved takes back where it was, and is bound where it is
    }
    if (old != null && !replaces(old)) {
      return false;
    }
    if (contact.lifetime() == 0) {
      refresh = false;
      if (old != null) {
        result.remove(at);
      }
      return true;
    }
    removal = false;
    Binding now = binding(contact, instance, regId, gruu(result, old, instance), old);
    refresh &= old != null && old.isRefreshedBy(now);
    bound.add(now);
    if (old == null) {
      result.add(now);
    } else {
      result.set(at, now);
    }
    return true;
  }

  private boolean replaces(Binding old) {
    boolean newer = !old.callId().equals(registration.callId()) || registration.cseq() > old.cseq();
    outOfOrder |= !newer;
    return newer;
  }

  /** What a refresh says again is not kept twice, so that the old binding goes and nothing else. */
  private Binding binding(
      ContactChange.Contact contact,
      @Nullable String instance,
      int regId,
      long gruu,
      @Nullable Binding old) {
    return new Binding(
        old == null ? aor : old.aor(),
        same(contact.uri().toString(), old == null ? null : old.contactUri()),
        same(registration.flow().id(), old == null ? null : old.flow()),
        same(registration.path(), old == null ? null : old.path()),
        instance == null || old == null ? instance : same(instance, old.instance()),
        regId,
        gruu,
        same(registration.callId(), old == null ? null : old.callId()),
        registration.cseq(),
        q(contact.address()),
        registration.userAgent(),
        registration.now() + contact.lifetime() * 1000L);
  }

  private static <T> T same(T now, @Nullable T before) {
    return before != null && now.equals(before) ? before : now;
  }

  /**
   * GRUUs live as long as the registration of the instance does, which its Call-ID tells (RFC 5627
   * section 5.1); its other flows share them.
   */
  private long gruu(List<Binding> bindings, @Nullable Binding old, @Nullable String instance) {
    if (instance == null || !registration.gruu()) {
      return 0;
    }
    if (old != null && old.gruu() != 0 && old.callId().equals(registration.callId())) {
      return old.gruu();
    }
    for (Binding binding : bindings) {
      if (binding != old
          && binding.gruu() != 0
          && instance.equals(binding.instance())
          && binding.callId().equals(registration.callId())) {
        return binding.gruu();
      }
    }
    return gruus.newId();
  }

  /**
   * A client that names its instance has one binding an instance and reg-id (RFC 5626 section 6),
   * whatever its Contact says now; any other is known by its URI (RFC 3261 19.1.4), and so is one
   * that leaves outbound out this time, as phones do that sign out.
   */
  private int find(List<Binding> bindings, SipUri uri, @Nullable String instance, int regId) {
    Device device = registration.device(uri, instance);
    int byUri = -1;
    for (int i = 0; i < bindings.size(); i++) {
      Binding binding = bindings.get(i);
      boolean sameInstance = instance != null && instance.equals(binding.instance());
      if (sameInstance && regId == binding.regId()) {
        return i;
      }
      boolean counts = instance == null || !sameInstance || regId == 0;
      if (byUri < 0
          && counts
          && sameUri(uri, binding.contactUri())
          && !Device.of(binding).isLikeness(device)) {
        byUri = i;
      }
    }
    return byUri;
  }

  private static boolean sameUri(SipUri uri, String stored) {
    if (uri.toString().equals(stored)) {
      return true;
    }
    try {
      return uri.equivalent(SipUri.parse(stored));
    } catch (SipSyntaxException e) {
      return false;
    }
  }

  private static int regId(NameAddr address, @Nullable String instance) {
    String text = address.param("reg-id");
    boolean usable = instance != null && text != null && text.matches("[0-9]{1,9}");
    return usable ? Integer.parseInt(text) : 0;
  }

  /** The {@code q} parameter in thousandths; nonsense counts as the default. */
  private static int q(NameAddr address) {
    String text = address.param("q");
    if (text == null || !text.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) {
      return Binding.DEFAULT_Q;
    }
    String decimals = text.length() > 2 ? text.substring(2) : "";
    return (text.charAt(0) - '0') * 1000 + Integer.parseInt((decimals + "000").substring(0, 3));
  }
}
