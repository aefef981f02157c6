package org.drawbridge.registrar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * One REGISTER applied to the bindings of its address of record: all of it, or none where a binding
 * is newer than the request (RFC 3261 10.3 step 7). Used once, by one thread.
 */
final class BindingUpdate {

  private final SipRequest request;
  private final Flow flow;
  private final Aor aor;
  private final RegistrarSettings settings;
  private final long now;
  private boolean outOfOrder;
  private boolean removal = true;

  BindingUpdate(SipRequest request, Flow flow, Aor aor, RegistrarSettings settings, long now) {
    this.request = request;
    this.flow = flow;
    this.aor = aor;
    this.settings = settings;
    this.now = now;
  }

  /** Whether the request was older than a binding it would change, so that nothing was changed. */
  boolean isOutOfOrder() {
    return outOfOrder;
  }

  /** Whether bindings were only removed. */
  boolean isRemoval() {
    return removal;
  }

  /** The bindings after the request. */
  List<Binding> apply(List<Binding> live, List<ContactChange.Contact> contacts, boolean removeAll) {
    outOfOrder = false;
    List<Binding> result = new ArrayList<>(live);
    if (removeAll) {
      result.removeIf(this::replaces);
    }
    for (ContactChange.Contact contact : contacts) {
      String instance = instance(contact.address());
      int regId = regId(contact.address(), instance);
      Binding old = find(result, contact.uri(), instance, regId);
      if (old != null && !replaces(old)) {
        break;
      }
      result.remove(old);
      if (contact.lifetime() > 0) {
        removal = false;
        result.add(binding(contact, instance, regId));
      }
    }
    if (outOfOrder) {
      return live;
    }
    while (result.size() > settings.contactsPerAccount()) {
      result.remove(
          result.stream().min(Comparator.comparingLong(Binding::expiresAt)).orElseThrow());
    }
    return result;
  }

  private boolean replaces(Binding old) {
    boolean newer = !old.callId().equals(request.callId()) || request.cseq().seq() > old.cseq();
    outOfOrder |= !newer;
    return newer;
  }

  private Binding binding(ContactChange.Contact contact, @Nullable String instance, int regId) {
    return new Binding(
        aor,
        contact.uri().toString(),
        flow.id(),
        List.of(),
        instance,
        regId,
        0,
        request.callId(),
        request.cseq().seq(),
        q(contact.address()),
        request.headers().first(HeaderName.USER_AGENT),
        now + contact.lifetime() * 1000L);
  }

  /**
   * A client that names its instance has one binding an instance and reg-id (RFC 5626 section 6),
   * whatever its Contact says now; any other is known by its URI (RFC 3261 19.1.4).
   */
  private static @Nullable Binding find(
      List<Binding> bindings, SipUri uri, @Nullable String instance, int regId) {
    for (Binding binding : bindings) {
      boolean same =
          instance != null && instance.equals(binding.instance())
              ? regId == binding.regId()
              : sameUri(uri, binding.contactUri());
      if (same) {
        return binding;
      }
    }
    return null;
  }

  private static boolean sameUri(SipUri uri, String stored) {
    try {
      return uri.equivalent(SipUri.parse(stored));
    } catch (SipSyntaxException e) {
      return false;
    }
  }

  private static @Nullable String instance(NameAddr address) {
    return address.param("+sip.instance");
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
    return new BigDecimal(text.endsWith(".") ? text + "0" : text).movePointRight(3).intValue();
  }
}
