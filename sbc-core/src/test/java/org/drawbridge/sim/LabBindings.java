package org.drawbridge.sim;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** Contacts of the lab. Temporary GRUUs are {@code tgruu.} and the id in clear. */
final class LabBindings {

  private static final String TEMPORARY = "tgruu.";

  private LabBindings() {}

  /** One that lasts. */
  static Binding of(
      Aor aor, String contact, Flow flow, @Nullable String instance, int regId, int q) {
    return new Binding(
        aor, contact, flow.id(), List.of(), instance, regId, 0, "reg", 1, q, null, Long.MAX_VALUE);
  }

  /** Whose go over a flow. */
  static Set<Aor> over(FlowId flow, Collection<List<Binding>> bindings) {
    return bindings.stream()
        .flatMap(List::stream)
        .filter(binding -> binding.flow().equals(flow))
        .map(Binding::aor)
        .collect(Collectors.toSet());
  }

  static @Nullable Gruu find(SipUri uri, Collection<List<Binding>> bindings) {
    String user = String.valueOf(uri.user());
    String gr = uri.params().raw("gr");
    if (gr != null) {
      return new Gruu.Public(new Aor(user, uri.host()), gr);
    }
    if (!uri.params().has("gr") || !user.startsWith(TEMPORARY)) {
      return null;
    }
    long id = Long.parseLong(user.substring(TEMPORARY.length()));
    return bindings.stream()
        .flatMap(List::stream)
        .filter(binding -> binding.gruu() == id)
        .findFirst()
        .map(binding -> new Gruu.Temporary(binding.aor(), id))
        .orElse(null);
  }
}
