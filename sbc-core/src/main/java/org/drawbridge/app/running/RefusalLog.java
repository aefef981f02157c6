package org.drawbridge.app.running;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/**
 * Gives each source a share of the lines that tell of refusals, so that one that is refused all day
 * does not hide the others. A source is an IPv4 address or an IPv6 /64; a few may share a share.
 * Lines that name none pass. Thread-safe.
 */
public final class RefusalLog extends AbstractFilter {

  /** All of these, as {@code log4j2.properties} knows them. */
  private static final String LOGGER = "org.drawbridge.refused";

  /** Lines that a source may cause at once. */
  static final int BURST = 20;

  /** Time between two lines of a source that has used these up, in ms. */
  static final long PAUSE_MILLIS = 2_000;

  private static final int SHARES = 4_096;
  private static final int NETWORK_BYTES = 8;

  /** For each share the time, in ms, when all that it has caused would be paid off. */
  private final AtomicLongArray paid = new AtomicLongArray(SHARES);

  private final InstantSource clock;

  RefusalLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Puts one before what bounds all sources together, which then sees only what is left. */
  public static void install(LoggerContext context, InstantSource clock) {
    LoggerConfig refused = context.getConfiguration().getLoggerConfig(LOGGER);
    if (!refused.getName().equals(LOGGER)) {
      return;
    }
    Filter all = refused.getFilter();
    refused.removeFilter(all);
    RefusalLog bySource = new RefusalLog(clock);
    bySource.start();
    refused.addFilter(bySource);
    refused.addFilter(all);
  }

  @Override
  public Result filter(LogEvent event) {
    Object[] parameters = event.getMessage().getParameters();
    for (Object parameter : parameters == null ? new Object[0] : parameters) {
      if (parameter instanceof InetSocketAddress source && source.getAddress() != null) {
        return take(share(source.getAddress())) ? Result.NEUTRAL : Result.DENY;
      }
    }
    return Result.NEUTRAL;
  }

  private static int share(InetAddress source) {
    byte[] address = source.getAddress();
    int hash = Arrays.hashCode(Arrays.copyOf(address, Math.min(address.length, NETWORK_BYTES)));
    return Math.floorMod(hash, SHARES);
  }

  private boolean take(int share) {
    long now = clock.millis();
    while (true) {
      long owed = paid.get(share);
      long next = Math.max(owed, now) + PAUSE_MILLIS;
      if (next - now > BURST * PAUSE_MILLIS) {
        return false;
      }
      if (paid.compareAndSet(share, owed, next)) {
        return true;
      }
    }
  }
}
