package org.drawbridge.loop;

/**
 * What a {@link SignallingLoop} does between its tasks: it serves sockets, if it has any, and
 * waits. With the sockets on the loop's own thread no message changes threads on its way in or out,
 * and what a batch of tasks has written leaves together.
 */
public interface LoopIo {

  /** Called once, before the loop's thread starts: it will make all calls but {@link #wake}. */
  void ownedBy(Thread thread);

  /**
   * Sends what tasks have written, and takes what has arrived. Input becomes tasks of the loop.
   *
   * @param waitNanos how long to wait for input or a {@link #wake} if there is none; 0 not at all
   */
  void serve(long waitNanos);

  /**
   * Sends what tasks have written, rests, and then takes what has arrived meanwhile. Neither input
   * nor {@link #wake} ends the rest.
   *
   * @param restNanos how long to rest
   */
  void gather(long restNanos);

  /** Ends a wait. Any thread. */
  void wake();

  /** The loop ends: closes what is still open. */
  void close();
}
