package org.drawbridge.event;

import org.drawbridge.account.Aor;
import org.drawbridge.loop.Loop;
import org.jspecify.annotations.Nullable;

/** An event package and the state behind it (RFC 6665 section 5.4). Thread-safe. */
public interface EventSource {

  /** The token in Event and Allow-Events. */
  String name();

  /** The media type of its documents. */
  String contentType();

  /** How long a subscription lasts that does not say, in seconds. */
  int defaultExpires();

  /**
   * Begins to watch an address of record.
   *
   * @param changed run on the loop, not from within this call, when there may be something to tell
   * @return null if too many watch it already
   */
  @Nullable Watch watch(Aor resource, Loop loop, Runnable changed);

  /** What one subscription has been told so far. Used on its loop only. */
  interface Watch {

    /** A document with all of the state. */
    byte[] full();

    /** A document with what changed since the last one, null if nothing did. */
    byte @Nullable [] changes();

    /** Ends it; nothing more is told. */
    void stop();
  }
}
