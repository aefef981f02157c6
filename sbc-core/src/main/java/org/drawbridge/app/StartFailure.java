package org.drawbridge.app;

/** Why the program cannot start, in words for the person who starts it. Nothing is left running. */
public final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong and how to mend it. */
  public StartFailure(String message) {
    super(message);
  }

  /** Says what is wrong, with the cause for the log. */
  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
