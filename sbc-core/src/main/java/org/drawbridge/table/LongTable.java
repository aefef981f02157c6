package org.drawbridge.table;

import java.util.Arrays;

/**
 * A hash table from 64-bit numbers that look random, such as those of {@link KeyedHash}, to numbers
 * from 0 on. It grows and never shrinks; it holds no objects. Not thread-safe.
 */
public final class LongTable {

  /** What {@link #get} gives where there is nothing. */
  public static final long NONE = -1;

  private static final int LEAST_SLOTS = 16;

  private long[] keys = new long[LEAST_SLOTS];
  private long[] values = filled(LEAST_SLOTS);
  private int size;

  private static long[] filled(int slots) {
    long[] values = new long[slots];
    Arrays.fill(values, NONE);
    return values;
  }

  /** How many keys have a value. */
  public int size() {
    return size;
  }

  /** The value of a key, or {@link #NONE}. */
  public long get(long key) {
    return values[slotOf(key)];
  }

  /**
   * Gives a key a value in place of the one it had.
   *
   * @param value 0 or more
   */
  public void put(long key, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("Not a value: " + value);
    }
    int slot = slotOf(key);
    if (values[slot] == NONE) {
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
    if (size > keys.length / 2) {
      grow();
    }
  }

  /** Removes a key if it has that value. */
  public void remove(long key, long value) {
    int slot = slotOf(key);
    if (value == NONE || values[slot] != value) {
      return;
    }
    values[slot] = NONE;
    size--;
    closeGap(slot);
  }

  /** Where a key is or, if it is nowhere, would go. */
  private int slotOf(long key) {
    int slot = home(key);
    while (values[slot] != NONE && keys[slot] != key) {
      slot = next(slot);
    }
    return slot;
  }

  private int home(long key) {
    return (int) key & (keys.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (keys.length - 1);
  }

  /** Moves back what was put behind the gap because its own slot was taken. */
  private void closeGap(int gap) {
    int mask = keys.length - 1;
    int empty = gap;
    for (int slot = next(gap); values[slot] != NONE; slot = next(slot)) {
      int fromHome = (slot - home(keys[slot])) & mask;
      int fromEmpty = (slot - empty) & mask;
      if (fromHome >= fromEmpty) {
        keys[empty] = keys[slot];
        values[empty] = values[slot];
        values[slot] = NONE;
        empty = slot;
      }
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = filled(keys.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != NONE) {
        int slot = slotOf(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
