package org.drawbridge.app.running;

import org.jspecify.annotations.Nullable;

/** Why the program cannot start, in words for the person who starts it. Nothing is left running. */
public final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong and how to mend it. */
  public StartFailure(String message) {
    super(message);
  }

  /** Says what is wrong; null where the cause has no words of its own. */
  public StartFailure(@Nullable String message, Throwable cause) {
    super(message == null ? cause.toString() : message, cause);
  }
}
