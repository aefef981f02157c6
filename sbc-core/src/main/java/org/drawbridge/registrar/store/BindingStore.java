package org.drawbridge.registrar.store;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;

/**
 * Keeps bindings beyond the life of this process. Used by one thread at a time; every call may wait
 * for a disk or a network.
 */
public interface BindingStore extends AutoCloseable {

  /**
   * Hands out what was saved last, the bindings of one address of record after the other. What
   * cannot be read is left out and logged.
   *
   * @throws StoreException if the store cannot be read at all
   */
  void load(Consumer<List<Binding>> to) throws StoreException;

  /**
   * Saves the bindings of some addresses of record, all or none of them; an empty list forgets that
   * address. When this returns the death of this process loses nothing.
   *
   * @throws StoreException if nothing was saved; it may be tried again
   */
  void save(Map<Aor, List<Binding>> changed) throws StoreException;

  /**
   * Random bytes that were made with the store and stay the same as long as it lives: the key of
   * temporary GRUUs.
   */
  byte[] secret();

  /** Frees what the store holds. Saves nothing that was not saved before. */
  @Override
  void close();
}
