package org.drawbridge.media.srtp;

import org.jspecify.annotations.Nullable;

/**
 * Windows of RTP or RTCP indices by SSRC: open addressing over plain ints, so that a lookup
 * allocates nothing. Bounded, because a peer chooses its SSRCs. Not thread-safe.
 *
 * @param <W> what is known of a stream's indices
 */
final class SsrcTable<W> {

  /**
   * Streams one peer may use under one key. Entries are never evicted: that would let an old
   * stream's packets be replayed.
   */
  static final int CAP = 256;

  private static final int INITIAL = 2;

  private int[] keys = new int[INITIAL];
  private @Nullable Object[] windows = new Object[INITIAL];
  private int size;

  /** The window of an SSRC, or null when it has none. */
  @SuppressWarnings("unchecked") // only add puts them there
  @Nullable W find(int ssrc) {
    return (W) windows[slot(ssrc)];
  }

  /** Whether there is no SSRC yet. */
  boolean isEmpty() {
    return size == 0;
  }

  /** Whether another SSRC may be added. */
  boolean hasRoom() {
    return size < CAP;
  }

  /** Adds the window of a new SSRC; the caller has asked {@link #hasRoom}. */
  void add(int ssrc, W window) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int slot = slot(ssrc);
    keys[slot] = ssrc;
    windows[slot] = window;
    size++;
  }

  private int slot(int ssrc) {
    int mask = keys.length - 1;
    int slot = (ssrc * 0x9E3779B9 >>> 16) & mask;
    while (windows[slot] != null && keys[slot] != ssrc) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldKeys = keys;
    @Nullable Object[] oldWindows = windows;
    keys = new int[2 * oldKeys.length];
    windows = new Object[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      Object window = oldWindows[i];
      if (window != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        windows[slot] = window;
      }
    }
  }
}
