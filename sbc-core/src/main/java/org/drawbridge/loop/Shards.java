package org.drawbridge.loop;

import java.util.List;
import java.util.function.IntFunction;
import org.drawbridge.sip.token.Tokens;

/**
 * Which loop owns a Call-ID. All loops, in their order; immutable and thread-safe.
 *
 * <p>A call's second leg gets a Call-ID minted for the loop of the first, so that both live on one
 * thread.
 */
public final class Shards {

  private final List<Loop> loops;

  /**
   * Makes the ring.
   *
   * @param loops at least one; each at the place its {@link Loop#index} says
   */
  public Shards(List<? extends Loop> loops) {
    this.loops = List.copyOf(loops);
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).index() != i) {
        throw new IllegalArgumentException("Loop " + loops.get(i).index() + " at place " + i);
      }
    }
    if (loops.isEmpty()) {
      throw new IllegalArgumentException("No loops");
    }
  }

  /** The loop that owns a Call-ID: always the same one for the same Call-ID. */
  public Loop loopOf(String callId) {
    int hash = callId.hashCode();
    // The high bits count too: String's hash alone spreads short keys badly over few loops.
    return loops.get(Math.floorMod(hash ^ (hash >>> 16), loops.size()));
  }

  /**
   * A fresh, unguessable Call-ID without a host part (nothing of ours shows) that this loop owns.
   */
  public String mintCallId(Loop owner) {
    return firstOwned(owner, _ -> Tokens.id());
  }

  /**
   * The first of a row of Call-IDs that this loop owns.
   *
   * @param row gives the Call-ID of each number from 0 on, evenly spread over the loops
   */
  public String firstOwned(Loop owner, IntFunction<String> row) {
    int number = 0;
    String callId;
    do {
      callId = row.apply(number++);
    } while (loopOf(callId).index() != owner.index());
    return callId;
  }

  /** All loops, by index. */
  public List<Loop> loops() {
    return loops;
  }
}
