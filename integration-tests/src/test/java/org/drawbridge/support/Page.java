package org.drawbridge.support;

import org.jspecify.annotations.Nullable;

/** A page in a real browser, as tests drive it by scripts. */
interface Page extends AutoCloseable {

  /** Goes to an address and waits until all of it is there. */
  void load(String url);

  /** Runs the body of a function in the page and returns its result. */
  @Nullable Object run(String script, Object... arguments);

  /**
   * The same for a function whose result is what it hands to its last argument, within a minute.
   */
  @Nullable Object runAsync(String script);

  /** What the page and the browser have logged. */
  String console();

  /** Ends the browser. */
  @Override
  void close();
}
