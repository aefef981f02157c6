package org.drawbridge.support;

import java.time.Duration;

/** A party of whom one can ask what it hears. */
public interface Listener {

  /** Listens for a while from now on. */
  Heard hears(Duration window);

  /** Waits until it hears that tone. */
  default void awaitTone(Tone tone) {
    Await.until(
        this + " hears " + tone,
        Duration.ofSeconds(40),
        () -> hears(Duration.ofMillis(800)),
        heard -> heard.is(tone));
  }

  /** Waits until it hears nothing, and makes sure that this was not a moment between two words. */
  default void awaitSilence() {
    for (int i = 0; i < 2; i++) {
      Await.until(
          this + " hears nothing",
          Duration.ofSeconds(40),
          () -> hears(Duration.ofMillis(800)),
          Heard::isSilence);
    }
  }
}
