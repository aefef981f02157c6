package org.drawbridge.routing.value;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a caller hears from us instead of somebody.
 *
 * @param sound what is played
 * @param answer whether the call is answered first; else it is early media
 * @param times how often it is played, at least 1
 * @param status the caller's final status after early media; null for that of the target before it
 */
public record Announcement(Sound sound, boolean answer, int times, @Nullable Integer status) {

  /** What can be played. */
  public sealed interface Sound {

    /** A WAV file. */
    record File(Path path) implements Sound {
      @Override
      public String toString() {
        return path.toString();
      }
    }

    /** A tone by its name or cadence, as in {@code 425/500,0/500}: Hz and ms. */
    record Tone(String cadence) implements Sound {
      @Override
      public String toString() {
        return "tone " + cadence;
      }
    }
  }

  @Override
  public String toString() {
    String often = times == 1 ? "" : ", " + times + " times";
    return sound + often + (answer ? ", answered" : ", before the call is answered");
  }
}
