package org.drawbridge.media.relay;

/** Writes one key after another into a peer's stream, in one form. Owned by a media loop. */
sealed interface KeyWriter permits EventWriter, ToneWriter {

  /** Sends a key's first {@value Pacer#MILLIS} ms; false when the form does not know the key. */
  boolean begin(int event, long nowNanos);

  /** The key is still down and was so for this long, {@value Pacer#MILLIS} ms more than before. */
  void goOn(int millis);

  /** The key was down for so many milliseconds and is up. */
  void end(int millis);

  /** {@value Pacer#MILLIS} ms between keys. */
  void rest();
}
