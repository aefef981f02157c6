package org.drawbridge.app.running;

import java.util.Objects;
import org.drawbridge.metrics.Counters;
import org.drawbridge.routing.value.HostPort;
import org.jspecify.annotations.Nullable;

/** The metrics endpoint that is open, if any. Used by one thread at a time. */
final class LiveMetrics {

  private final Counters counters;
  private @Nullable HostPort bind;
  private @Nullable MetricsEndpoint endpoint;

  LiveMetrics(Counters counters) {
    this.counters = counters;
  }

  /** Another endpoint that waits to take the place of this one. */
  interface Change {
    /** Takes its place. */
    void commit();

    /** Leaves it open. */
    void discard();
  }

  /**
   * Opens what is wanted unless it is open already; null stands for none.
   *
   * @throws StartFailure if the address is taken
   */
  Change prepare(@Nullable HostPort wanted) throws StartFailure {
    boolean same = Objects.equals(bind, wanted);
    MetricsEndpoint next = same ? endpoint : MetricsEndpoint.open(wanted, counters);
    return new Change() {
      @Override
      public void commit() {
        if (!same) {
          close();
          bind = wanted;
          endpoint = next;
        }
      }

      @Override
      public void discard() {
        if (!same && next != null) {
          next.close();
        }
      }
    };
  }

  /** Closes it. */
  void close() {
    if (endpoint != null) {
      endpoint.close();
    }
    endpoint = null;
    bind = null;
  }
}
