package org.drawbridge.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.routing.value.SipTarget;

/**
 * Whether one target of a trunk answers: it is down after three probes without an answer, and up
 * again with the first. Calls that cannot reach it let it rest for a while. Thread-safe.
 */
final class TargetHealth {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.trunk");

  private static final int MISSES = 3;

  private final String trunk;
  private final SipTarget target;
  private final InstantSource clock;
  private int misses;
  private Instant restsUntil = Instant.MIN;
  private Instant since;
  private String reason = "nothing heard of it yet";

  /** Read without the lock for each call; true whenever there is nothing to work out. */
  private volatile boolean untroubled = true;

  private volatile boolean heard;

  TargetHealth(String trunk, SipTarget target, InstantSource clock) {
    this.trunk = trunk;
    this.target = target;
    this.clock = clock;
    this.since = clock.instant();
  }

  boolean isUp() {
    return untroubled || isUpNow();
  }

  private synchronized boolean isUpNow() {
    return misses < MISSES && !clock.instant().isBefore(restsUntil);
  }

  /** It answered a probe or a call. */
  void answered() {
    if (!untroubled || !heard) {
      recover();
    }
  }

  private synchronized void recover() {
    boolean wasUp = isUpNow();
    misses = 0;
    restsUntil = Instant.MIN;
    untroubled = true;
    if (!wasUp) {
      change("answers again");
    } else if (!heard) {
      reason = "answers";
    }
    heard = true;
  }

  /** A probe had no answer, or one that says it takes no calls. */
  synchronized void missed(String why) {
    misses++;
    untroubled = false;
    if (misses == MISSES) {
      change(why);
    }
  }

  /** A call could not be placed there. */
  synchronized void rest(Duration time, String why) {
    boolean wasUp = isUpNow();
    Instant until = clock.instant().plus(time);
    restsUntil = until.isAfter(restsUntil) ? until : restsUntil;
    untroubled = false;
    if (wasUp) {
      change(why);
    }
  }

  private void change(String why) {
    since = clock.instant();
    reason = why;
    boolean up = isUpNow();
    LOG.log(
        up ? Level.INFO : Level.WARN,
        "trunk.target trunk={} target={} state={} reason=\"{}\"",
        trunk,
        target,
        up ? "up" : "down",
        why);
  }

  synchronized TargetStatus status() {
    return new TargetStatus(target.toString(), isUpNow(), heard || !isUpNow(), since, reason);
  }
}
