package org.drawbridge.registrar.store;

/** The store of bindings did not do what it was asked; the message says why. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With the words for a log. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
