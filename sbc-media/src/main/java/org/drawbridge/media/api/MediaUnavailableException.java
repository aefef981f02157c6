package org.drawbridge.media.api;

/**
 * No port, address or capacity is left for another leg. The message says which and what to raise.
 */
public final class MediaUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what ran out. */
  public MediaUnavailableException(String message) {
    super(message);
  }
}
