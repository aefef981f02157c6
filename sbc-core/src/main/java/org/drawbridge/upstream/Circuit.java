package org.drawbridge.upstream;

import java.time.Instant;
import java.time.InstantSource;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.policy.TrunkTry;
import org.drawbridge.policy.TrunkTry.Verdict;
import org.drawbridge.routing.trunk.Breaker;
import org.drawbridge.upstream.CircuitStatus.State;
import org.jspecify.annotations.Nullable;

/**
 * Opens when too many of the last calls to a trunk have failed, and closes when, after a pause, one
 * call gets through. Thread-safe.
 */
final class Circuit {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.trunk");

  private final String trunk;
  private final Breaker breaker;
  private final InstantSource clock;
  private final long[] endedAt;
  private final boolean[] failed;
  private int next;
  private int known;
  private int failures;
  private State state = State.CLOSED;
  private Instant since;
  private String reason = "no calls yet";
  private @Nullable Try trial;

  /** Read without the lock for each call. */
  private volatile boolean isClosed = true;

  Circuit(String trunk, Breaker breaker, InstantSource clock) {
    this.trunk = trunk;
    this.breaker = breaker;
    this.clock = clock;
    this.endedAt = new long[breaker.of()];
    this.failed = new boolean[breaker.of()];
    this.since = clock.instant();
  }

  Breaker breaker() {
    return breaker;
  }

  /** Why calls go past the trunk now, or null if they may go there. */
  @Nullable String open() {
    return isClosed ? null : openNow();
  }

  private synchronized @Nullable String openNow() {
    boolean tryIt = state == State.OPEN && !clock.instant().isBefore(since.plus(breaker.pause()));
    return state == State.CLOSED || tryIt ? null : "Trunk " + trunk + " is left alone: " + reason;
  }

  /** A call goes to the trunk; after the pause, the first one is the trial. */
  TrunkTry begin() {
    Try begun = new Try();
    if (!isClosed) {
      beginTrial(begun);
    }
    return begun;
  }

  private synchronized void beginTrial(Try begun) {
    if (state == State.OPEN && openNow() == null) {
      trial = begun;
      become(State.HALF_OPEN, reason);
    }
  }

  private synchronized void onEnd(Try ended, Verdict verdict) {
    if (ended == trial) {
      trial = null;
      onTrial(verdict);
    } else if (state == State.CLOSED && verdict != Verdict.UNKNOWN) {
      count(verdict == Verdict.FAILS);
    }
  }

  private void onTrial(Verdict verdict) {
    switch (verdict) {
      case WORKS -> {
        known = 0;
        failures = 0;
        next = 0;
        become(State.CLOSED, "a call got through");
      }
      case FAILS -> become(State.OPEN, "the call that tried it failed too");
      case UNKNOWN -> {
        state = State.OPEN;
        since = clock.instant().minus(breaker.pause()); // the next call is the trial
      }
    }
  }

  private void count(boolean isFailure) {
    long now = clock.millis();
    if (known == breaker.of()) {
      failures -= failed[next] ? 1 : 0;
    } else {
      known++;
    }
    endedAt[next] = now;
    failed[next] = isFailure;
    failures += isFailure ? 1 : 0;
    next = (next + 1) % breaker.of();
    boolean isRecent = known == breaker.of() && now - endedAt[next] <= breaker.within().toMillis();
    if (isFailure && isRecent && failures * 100 >= breaker.percent() * breaker.of()) {
      become(State.OPEN, failures + " of its last " + breaker.of() + " calls failed");
    }
  }

  private void become(State now, String why) {
    state = now;
    since = clock.instant();
    reason = why;
    isClosed = now == State.CLOSED;
    LOG.log(
        now == State.OPEN ? Level.WARN : Level.INFO,
        "trunk.circuit trunk={} state={} reason=\"{}\"",
        trunk,
        now,
        why);
  }

  synchronized CircuitStatus status() {
    return new CircuitStatus(state, since, reason);
  }

  /** One call; used on its loop. */
  private final class Try implements TrunkTry {

    private boolean isOver;

    @Override
    public void end(Verdict verdict) {
      if (!isOver) {
        isOver = true;
        onEnd(this, verdict);
      }
    }
  }
}
