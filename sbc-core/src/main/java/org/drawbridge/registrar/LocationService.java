package org.drawbridge.registrar;

import java.util.List;
import org.drawbridge.account.Aor;

/** Where accounts can be reached now. Thread-safe. */
public interface LocationService {

  /**
   * The live bindings of an address of record that have a flow, highest q first, newest first among
   * equals; empty if none.
   */
  List<Binding> lookup(Aor aor);

  /** Whether an account of this name exists, registered or not. */
  boolean exists(Aor aor);
}
