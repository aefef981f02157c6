package org.drawbridge.sim;

import java.util.Collection;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** GRUUs of the lab: temporary ones are {@code tgruu.} and the id in clear. */
final class LabGruus {

  private static final String TEMPORARY = "tgruu.";

  private LabGruus() {}

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
