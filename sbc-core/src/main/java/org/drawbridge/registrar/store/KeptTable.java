package org.drawbridge.registrar.store;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.drawbridge.account.Aor;

/**
 * What is kept of addresses of record beyond the life of this process, one kind of it. Used by one
 * thread at a time; every call may wait for a disk or a network.
 */
public interface KeptTable<T> {

  /**
   * Hands out what was saved last, what belongs to one address of record after the other. What
   * cannot be read is left out and logged.
   *
   * @throws StoreException if the store cannot be read at all
   */
  void load(Consumer<List<T>> to) throws StoreException;

  /**
   * Saves what belongs to some addresses of record, all or none of it; an empty list forgets that
   * address. When this returns the death of this process loses nothing.
   *
   * @throws StoreException if nothing was saved; it may be tried again
   */
  void save(Map<Aor, List<T>> changed) throws StoreException;
}
