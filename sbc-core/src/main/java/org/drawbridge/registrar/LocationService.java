package org.drawbridge.registrar;

import java.util.List;
import java.util.Set;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** Where accounts can be reached now. Thread-safe. */
public interface LocationService {

  /**
   * The live bindings of an address of record that have a flow, highest q first, newest first among
   * equals; empty if none.
   */
  List<Binding> lookup(Aor aor);

  /** The accounts that have registered over a flow; empty if none. */
  default Set<Aor> over(FlowId flow) {
    return Set.of();
  }

  /**
   * What a Request-URI with {@code gr} names, whether it can be reached now or not; null if it is
   * no GRUU of ours or not valid any more.
   */
  default @Nullable Gruu gruu(SipUri uri) {
    return null;
  }

  /**
   * The flow of a binding has turned out to be gone, here or at an edge proxy that answered 430: it
   * leads to nobody any more (RFC 5626 section 5.3.1).
   */
  default void flowFailed(Binding binding) {}

  /** Whether an account of this name exists, registered or not. */
  boolean exists(Aor aor);
}
