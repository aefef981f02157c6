package org.drawbridge.loop;

/** A task that waits on a {@link Loop}. */
public interface Timer {

  /**
   * Keeps the task from running; does nothing when it has run or was cancelled. Called on the loop
   * only.
   */
  void cancel();
}
