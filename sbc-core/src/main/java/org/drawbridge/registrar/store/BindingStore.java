package org.drawbridge.registrar.store;

import org.drawbridge.registrar.Binding;

/**
 * Keeps bindings beyond the life of this process. All its tables are used by one thread at a time.
 */
public interface BindingStore extends AutoCloseable {

  /** Those of our own accounts. */
  KeptTable<Binding> bindings();

  /** Those of phones of PBXs behind us. */
  KeptTable<KeptPhone> phones();

  /**
   * Random bytes that were made with the store and stay the same as long as it lives: the key of
   * temporary GRUUs, of the names that PBXs know phones by and of the tokens of proxied calls.
   */
  byte[] secret();

  /** Frees what the store holds. Saves nothing that was not saved before. */
  @Override
  void close();
}
