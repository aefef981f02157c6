package org.drawbridge.registrar;

import java.util.List;
import org.drawbridge.account.Aor;

/**
 * Told of each change of bindings, in order for one address of record. Called on the thread that
 * made the change, inside it: must not block and must not change bindings.
 */
@FunctionalInterface
public interface BindingWatcher {

  /**
   * The bindings of an address of record have changed.
   *
   * @param before as they were; those that expired since the last change are still among them
   * @param after as they are, in order of creation; empty if none is left
   */
  void changed(Aor aor, List<Binding> before, List<Binding> after);
}
