package org.drawbridge.loop;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Timers of one loop, found by time: a hierarchical wheel (Varghese and Lauck) of 1 ms ticks.
 * Confined to its loop; time is an argument.
 *
 * <p>Level n has 64 slots of 64^n ms. A timer lies in the level of the highest bits in which its
 * deadline differs from the wheel's time, and moves down when its slot comes up, so it is touched
 * at most once a level. One long a level says which slots are occupied: empty time is skipped, not
 * walked. Cancelling unlinks: O(1).
 *
 * <p>Timers of the same millisecond fire in no promised order.
 */
public final class TimerWheel {

  private static final int SLOT_BITS = 6;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int LEVELS = 7;

  /** About 69 years, half of what the top level spans: longer delays are cut to it. */
  private static final long MAX_DELAY = 1L << (SLOT_BITS * LEVELS - 1);

  private final Entry[][] slots = new Entry[LEVELS][SLOTS];
  private final long[] occupied = new long[LEVELS];
  private final Entry due = new Entry(0, null);
  private long time;
  private int size;

  /**
   * Makes an empty wheel.
   *
   * @param now the time it starts at, in ms, not negative
   */
  public TimerWheel(long now) {
    time = now;
    for (Entry[] level : slots) {
      for (int slot = 0; slot < SLOTS; slot++) {
        level[slot] = new Entry(0, null);
      }
    }
  }

  /**
   * Adds a timer.
   *
   * @param deadline when it is due, in ms; one that is not in the future is due in the next
   *     millisecond, so that a task which starts itself anew cannot keep {@link #advance} from
   *     returning
   */
  public Timer add(long deadline, Runnable task) {
    Entry entry = new Entry(Math.clamp(deadline, time + 1, time + MAX_DELAY), task);
    insert(entry);
    size++;
    return entry;
  }

  /**
   * Moves time forward and runs what has become due, in order of deadline.
   *
   * @param now the time in ms; a time before the wheel's own changes nothing
   * @param runner runs each task at once
   */
  public void advance(long now, Executor runner) {
    long next;
    while ((next = nextExpiry()) <= now) {
      time = next;
      expire();
      runDue(runner);
    }
    time = Math.max(time, now);
  }

  /**
   * When {@link #advance} has something to do next, in ms; {@link Long#MAX_VALUE} if there are no
   * timers. Never later than the earliest deadline; it may be earlier, when a timer has to change
   * levels.
   */
  public long nextExpiry() {
    long next = Long.MAX_VALUE;
    for (int level = 0; level < LEVELS; level++) {
      if (occupied[level] != 0) {
        next = Math.min(next, nextExpiry(level));
      }
    }
    return next;
  }

  /** How many timers wait. */
  public int size() {
    return size;
  }

  private long nextExpiry(int level) {
    int shift = SLOT_BITS * level;
    long ahead = Long.rotateRight(occupied[level], slotOf(time, level));
    return ((time >> shift) + Long.numberOfTrailingZeros(ahead)) << shift;
  }

  /**
   * Empties the slots that start now, top level first: what is not due yet lands in a lower level.
   */
  private void expire() {
    for (int level = LEVELS - 1; level >= 0; level--) {
      boolean slotStartsNow = (time & ((1L << (SLOT_BITS * level)) - 1)) == 0;
      if (slotStartsNow) {
        Entry head = slots[level][slotOf(time, level)];
        while (head.next != head) {
          Entry entry = head.next;
          unlink(entry);
          insert(entry);
        }
      }
    }
  }

  private void runDue(Executor runner) {
    while (due.next != due) {
      Entry entry = due.next;
      Runnable task = entry.task;
      entry.cancel();
      if (task != null) {
        runner.execute(task);
      }
    }
  }

  private void insert(Entry entry) {
    if (entry.deadline <= time) {
      entry.level = Entry.IS_DUE;
      entry.linkBefore(due);
      return;
    }
    int highestDifferingBit = 63 - Long.numberOfLeadingZeros(time ^ entry.deadline);
    // A carry out of the top level stays there: its slots come round again.
    entry.level = Math.min(highestDifferingBit / SLOT_BITS, LEVELS - 1);
    int slot = slotOf(entry.deadline, entry.level);
    entry.linkBefore(slots[entry.level][slot]);
    occupied[entry.level] |= 1L << slot;
  }

  private void unlink(Entry entry) {
    boolean last = entry.prev == entry.next;
    if (last && entry.level != Entry.IS_DUE) {
      occupied[entry.level] &= ~(1L << slotOf(entry.deadline, entry.level));
    }
    entry.prev.next = entry.next;
    entry.next.prev = entry.prev;
  }

  private static int slotOf(long when, int level) {
    return (int) (when >> (SLOT_BITS * level)) & (SLOTS - 1);
  }

  /** A timer, or the head of a slot's ring of timers, which has no task. */
  private final class Entry implements Timer {

    static final int IS_DUE = -1;

    final long deadline;
    @Nullable Runnable task;
    int level;
    Entry prev = this;
    Entry next = this;

    Entry(long deadline, @Nullable Runnable task) {
      this.deadline = deadline;
      this.task = task;
    }

    void linkBefore(Entry head) {
      prev = head.prev;
      next = head;
      prev.next = this;
      head.prev = this;
    }

    @Override
    public void cancel() {
      if (task != null) {
        task = null;
        unlink(this);
        size--;
      }
    }
  }
}
