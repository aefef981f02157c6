package org.drawbridge.media.prompt;

import org.drawbridge.media.audio.Clip;

/** What came of loading a sound. */
public sealed interface Sound {

  /** It can be played. */
  record Loaded(Clip clip) implements Sound {}

  /** It cannot, for this reason. */
  record Unusable(String reason) implements Sound {}
}
