package org.drawbridge.sip.transaction;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.drawbridge.loop.Loop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.table.FifoBytes;
import org.drawbridge.table.KeyedHash;
import org.drawbridge.table.LongTable;
import org.jspecify.annotations.Nullable;

/**
 * The server transactions in state Completed of requests other than INVITE over UDP (RFC 3261
 * 17.2.2): for the time of timer J they answer repeats with the response they gave. There are many
 * of them and nearly none is asked for, so each is four numbers and the bytes of its response, and
 * no object. All stay equally long; the oldest goes first.
 *
 * <p>A request is known by a keyed hash of 64 bits, which none but chance makes collide.
 */
final class AnsweredRequests {

  private static final int PAGE_BYTES = 256 * 1024;
  private static final byte[] SILENT = {};

  /** No oftener than this are those removed whose time is over, ms. */
  private static final long SWEEP_MILLIS = 50;

  private static final int FIELDS = 4;
  private static final int EXPIRY = 0;
  private static final int KEY = 1;
  private static final int MERGE = 2;
  private static final int RESPONSE = 3;

  private final Loop loop;
  private final long stay;
  private final KeyedHash hash = KeyedHash.random(new SecureRandom());
  private final LongTable byKey = new LongTable();
  private final LongTable byMerge = new LongTable();
  private final FifoBytes responses = new FifoBytes(PAGE_BYTES);

  /** The fields of number {@code n} are found by it, modulo the length. */
  private long[] ring = new long[64 * FIELDS];

  private long first;
  private long end;

  /** None yet; each is kept for {@code stay} ms. */
  AnsweredRequests(Loop loop, long stay) {
    this.loop = loop;
    this.stay = stay;
  }

  int size() {
    return (int) (end - first);
  }

  /**
   * Remembers a request that was answered.
   *
   * @param mergeKey what its copies over other paths have in common; null within a dialog
   * @param response what repeats are answered with; null if they are not answered
   */
  void add(TransactionKey key, @Nullable String mergeKey, byte @Nullable [] response) {
    if ((end - first) * FIELDS == ring.length) {
      grow();
    }
    if (first == end) {
      loop.schedule(stay, this::sweep);
    }
    long number = end++;
    long keyHash = key.hash(hash);
    long mergeHash = mergeKey == null ? 0 : hash(mergeKey);
    set(number, EXPIRY, loop.now() + stay);
    set(number, KEY, keyHash);
    set(number, MERGE, mergeHash);
    set(number, RESPONSE, responses.append(response == null ? SILENT : response));
    byKey.put(keyHash, number);
    if (mergeKey != null) {
      byMerge.put(mergeHash, number);
    }
  }

  /** Whether the request of this key was answered; a repeat then gets the response once more. */
  boolean repeated(TransactionKey key, Flow flow) {
    if (first == end) {
      return false;
    }
    long number = byKey.get(key.hash(hash));
    if (number == LongTable.NONE) {
      return false;
    }
    byte[] response = responses.at(get(number, RESPONSE));
    if (response.length > 0) {
      flow.send(response);
    }
    return true;
  }

  /** Whether a copy of such a request was answered that came over another path. */
  boolean merged(String mergeKey) {
    return first != end && byMerge.get(hash(mergeKey)) != LongTable.NONE;
  }

  private long hash(String mergeKey) {
    return hash.of(mergeKey.getBytes(StandardCharsets.UTF_8));
  }

  private void sweep() {
    long now = loop.now();
    while (first != end && get(first, EXPIRY) <= now) {
      byKey.remove(get(first, KEY), first);
      byMerge.remove(get(first, MERGE), first);
      first++;
    }
    if (first == end) {
      responses.clear();
    } else {
      responses.releaseBefore(get(first, RESPONSE));
      loop.schedule(Math.max(SWEEP_MILLIS, get(first, EXPIRY) - now), this::sweep);
    }
  }

  private long get(long number, int field) {
    return ring[slot(ring, number) + field];
  }

  private void set(long number, int field, long value) {
    ring[slot(ring, number) + field] = value;
  }

  private static int slot(long[] ring, long number) {
    return (int) (number * FIELDS) & (ring.length - 1);
  }

  private void grow() {
    long[] larger = new long[2 * ring.length];
    for (long number = first; number < end; number++) {
      int from = slot(ring, number);
      System.arraycopy(ring, from, larger, slot(larger, number), FIELDS);
    }
    ring = larger;
  }
}
