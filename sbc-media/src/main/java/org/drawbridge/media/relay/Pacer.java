package org.drawbridge.media.relay;

import java.util.function.LongConsumer;

/** Gives the time every {@value #MILLIS} ms to those that send packets of our own. On one loop. */
public interface Pacer {

  /** Between two calls, in ms: the audio of one packet. */
  int MILLIS = 20;

  /** Begins to call, with the loop's time in nanoseconds, until told to stop. */
  void start(LongConsumer task);

  /** Calls no more; may be called from a task, and of one that is not running. */
  void stop(LongConsumer task);
}
