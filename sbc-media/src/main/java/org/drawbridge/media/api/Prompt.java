package org.drawbridge.media.api;

import java.nio.file.Path;
import java.util.List;
import org.drawbridge.media.audio.Tone;

/** What can be played to a leg. */
public sealed interface Prompt {

  /** {@link #times} of what goes on until it is stopped. */
  int ENDLESS = 0;

  /** How often it is played. */
  int times();

  /**
   * A tone by its name or cadence, such as {@code busy} or {@code 425/500,0/500}. What is neither
   * is a prompt without sound, which is over at once.
   */
  static Prompt tone(String cadence, int times) {
    Tone tone = Tone.parse(cadence);
    return new Beep(tone == null ? new Tone(List.of()) : tone, times);
  }

  /** A WAV file. */
  record Recording(Path file, int times) implements Prompt {}

  /** A tone, as often as its cadence goes round. */
  record Beep(Tone tone, int times) implements Prompt {}
}
