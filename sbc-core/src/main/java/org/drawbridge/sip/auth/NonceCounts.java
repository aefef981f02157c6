package org.drawbridge.sip.auth;

import org.drawbridge.table.LongTable;

/**
 * The highest count each used nonce was used with (RFC 7616 section 3.4), in two generations: the
 * older is let go when the younger is full or has lasted as long as a nonce lives. What may have
 * been forgotten by that is never good again, so no count counts twice. Thread-safe.
 */
final class NonceCounts {

  private final int capacity;
  private final long lifetimeMillis;
  private LongTable younger = new LongTable();
  private LongTable older = new LongTable();
  private long youngerBegan;
  private long forgottenUntil = Long.MIN_VALUE;

  /**
   * None used yet.
   *
   * @param capacity how many are remembered
   * @param lifetimeMillis how long one is good
   */
  NonceCounts(int capacity, long lifetimeMillis, long nowMillis) {
    this.capacity = capacity;
    this.lifetimeMillis = lifetimeMillis;
    this.youngerBegan = nowMillis;
  }

  /**
   * Uses a nonce.
   *
   * @param id 64 bits of it that nobody can choose
   * @param issuedMillis when it was issued
   * @param count 0 or more
   * @return false if this or a higher count was used before, or may have been
   */
  synchronized boolean use(long id, long issuedMillis, long count, long nowMillis) {
    if (younger.size() >= capacity / 2 || nowMillis - youngerBegan > lifetimeMillis) {
      turn(nowMillis);
    }
    long highest = Math.max(younger.get(id), older.get(id));
    boolean forgotten = highest == LongTable.NONE && issuedMillis <= forgottenUntil;
    if (forgotten || count <= highest) {
      return false;
    }
    younger.put(id, count);
    return true;
  }

  private void turn(long nowMillis) {
    if (older.size() > 0) {
      forgottenUntil = youngerBegan;
    }
    older = younger;
    younger = new LongTable();
    youngerBegan = nowMillis;
  }
}
