package org.drawbridge.media.api;

import java.nio.file.Path;
import org.drawbridge.media.audio.Tone;

/** What can be played to a leg. */
public sealed interface Prompt {

  /** {@link #times} of what goes on until it is stopped. */
  int ENDLESS = 0;

  /** How often it is played. */
  int times();

  /** A WAV file. */
  record Recording(Path file, int times) implements Prompt {}

  /** A tone, as often as its cadence goes round. */
  record Beep(Tone tone, int times) implements Prompt {}
}
