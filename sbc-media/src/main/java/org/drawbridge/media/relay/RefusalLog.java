package org.drawbridge.media.relay;

import java.net.InetSocketAddress;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Counts packets refused for their source and names the source in the log: each once, and no more
 * than one line in {@value #SECONDS} seconds, so that a flood cannot fill the log. Owned by a media
 * loop.
 */
final class RefusalLog {

  private static final Logger LOG = LogManager.getLogger(RefusalLog.class);
  private static final int SECONDS = 5;
  private static final long INTERVAL_NANOS = SECONDS * 1_000_000_000L;

  private final String transport;
  private final LegCounters counters;
  private final MediaCounters process;
  private @Nullable InetSocketAddress lastSource;
  private long lastNanos;

  /**
   * Starts the log of one transport.
   *
   * @param transport what the log calls it, its local port
   */
  RefusalLog(String transport, LegCounters counters, MediaCounters process) {
    this.transport = transport;
    this.counters = counters;
    this.process = process;
  }

  /** Counts one packet that is not worth a line in the log. */
  void count(Kind kind) {
    counters.refused();
    process.count(kind);
  }

  /** Counts one packet and logs its source if that is due. */
  void refuse(
      Kind kind,
      InetSocketAddress from,
      String why,
      @Nullable InetSocketAddress accepted,
      long nowNanos) {
    count(kind);
    boolean due = lastSource == null || nowNanos - lastNanos >= INTERVAL_NANOS;
    if (due && !from.equals(lastSource)) {
      lastSource = from;
      lastNanos = nowNanos;
      LOG.info(
          "{}: refusing media from {} ({}); the source is {}",
          transport,
          from,
          why,
          accepted == null ? "not known yet" : accepted);
    }
  }

  /** A new description was applied: a source refused before may be named again. */
  void reset() {
    lastSource = null;
  }
}
