package org.drawbridge.media.plane;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.drawbridge.media.rtp.HeaderExtensions;
import org.drawbridge.media.rtp.RtpView;
import org.jspecify.annotations.Nullable;

/**
 * Which payload type a packet leaves with, by the one it came with, and the RTP clock of what came.
 * Immutable; read on media loops for each packet.
 */
public final class PayloadMap {

  private static final int SIZE = 128;
  private static final int DROP = 0xff;
  private static final int TYPE = 0xff;
  private static final int REPAIR = 0x100;
  private static final int NOISE = 0x200;
  private static final int KEY = 0x400;
  private static final int CLOCK_SHIFT = 11;
  private static final int MAX_CLOCK = Integer.MAX_VALUE >> CLOCK_SHIFT;

  private static final int FIRST_DYNAMIC = 96;

  private static final int VIDEO_CLOCK = 90_000;

  /**
   * Tables made lately, each where its hash says: most calls are between devices of a few kinds.
   */
  private static final AtomicReferenceArray<int[]> TABLES = new AtomicReferenceArray<>(256);

  /**
   * By incoming type the outgoing one, whether it is a retransmission or noise, and the clock; and
   * whether an outgoing type is that of keys: one table, since each call holds two maps and each
   * packet reads all of it.
   */
  private final int[] entries;

  private final @Nullable KeyRoute keys;
  private final byte @Nullable [] extensions;
  private @Nullable Transcoding transcoding;

  private PayloadMap(int[] entries, @Nullable KeyRoute keys, byte @Nullable [] extensions) {
    this.entries = shared(entries);
    this.keys = keys;
    this.extensions = extensions;
  }

  /** A table that is not changed any more, or one made lately that is equal. */
  private static int[] shared(int[] table) {
    int slot = Arrays.hashCode(table) & (TABLES.length() - 1);
    int[] known = TABLES.get(slot);
    if (Arrays.equals(known, table)) {
      return known;
    }
    TABLES.set(slot, table);
    return table;
  }

  private static int entry(int outgoing, int clockRate) {
    return Math.min(clockRate, MAX_CLOCK) << CLOCK_SHIFT | outgoing;
  }

  /** A map that passes each payload type as it came. */
  public static PayloadMap identity() {
    int[] table = new int[SIZE];
    Arrays.setAll(table, type -> entry(type, defaultClockRate(type)));
    return new PayloadMap(table, null, null);
  }

  /**
   * A map that passes only the given payload types (0 to 127), each as its value; all others are
   * dropped.
   */
  public static PayloadMap of(Map<Integer, Integer> types) {
    return of(types, Map.of());
  }

  /**
   * As {@link #of(Map)}, with the RTP clock rates in Hz of incoming payload types. They measure
   * jitter and place the timestamps of a stream that follows another; a dynamic type without one
   * counts as Opus (48000).
   */
  public static PayloadMap of(Map<Integer, Integer> types, Map<Integer, Integer> clockRates) {
    return of(types, clockRates, null);
  }

  /** As {@link #of(Map, Map)}, with how keys travel. */
  public static PayloadMap of(
      Map<Integer, Integer> types, Map<Integer, Integer> clockRates, @Nullable KeyRoute keys) {
    int[] table = new int[SIZE];
    Arrays.setAll(
        table,
        type ->
            entry(
                types.getOrDefault(type, DROP),
                clockRates.getOrDefault(type, defaultClockRate(type))));
    return new PayloadMap(table, keys, null);
  }

  /** The same with further incoming types that are comfort noise (RFC 3389). */
  public PayloadMap withNoise(Set<Integer> types) {
    int[] table = entries.clone();
    types.forEach(type -> table[type] |= NOISE);
    return new PayloadMap(table, keys, extensions);
  }

  /** The same with outgoing types that are keys (RFC 4733). */
  public PayloadMap withKeys(Set<Integer> types) {
    int[] table = entries.clone();
    types.forEach(type -> table[type] |= KEY);
    return new PayloadMap(table, keys, extensions);
  }

  /** Whether an outgoing payload type (0 to 127) is that of keys. */
  public boolean isKey(int outgoing) {
    return (entries[outgoing & (SIZE - 1)] & KEY) != 0;
  }

  /**
   * Whether nothing may follow a packet until there is something to hear.
   *
   * @param incoming its payload type (0 to 127)
   * @param payload the length of its payload in bytes
   */
  public boolean announcesSilence(int incoming, int payload) {
    boolean noise = (entries[incoming & (SIZE - 1)] & NOISE) != 0;
    return noise || RtpView.announcesSilence(incoming, payload);
  }

  /** How keys travel, null where it is not known. */
  public @Nullable KeyRoute keys() {
    return keys;
  }

  /**
   * The same types for video: the marker bit stays what it is there, the end of a picture.
   *
   * @param types payload types of retransmissions (RFC 4588), in and out
   * @param ids header extension ids of 1 to 14, in and out; all others are removed
   */
  public PayloadMap forVideo(Map<Integer, Integer> types, Map<Integer, Integer> ids) {
    int[] table = entries.clone();
    for (int type = 0; type < SIZE; type++) {
      if ((table[type] & TYPE) == DROP) {
        table[type] = entry(DROP, VIDEO_CLOCK);
      }
    }
    types.forEach((in, out) -> table[in] = entry(out, table[in] >> CLOCK_SHIFT) | REPAIR);
    byte[] renumbered = new byte[HeaderExtensions.MAX_ID + 1];
    ids.forEach((in, out) -> renumbered[in] = (byte) (int) out);
    return new PayloadMap(table, null, renumbered);
  }

  /** The same with how the payload types that do not pass are carried; for a map just made. */
  public PayloadMap transcoding(Transcoding how) {
    transcoding = how;
    return this;
  }

  /** How payload types that do not pass are carried, null where they are dropped. */
  public @Nullable Transcoding transcoding() {
    return transcoding;
  }

  /** Whether this is video. */
  public boolean isVideo() {
    return extensions != null;
  }

  /** Whether an incoming payload type (0 to 127) is that of retransmissions. */
  public boolean isRepair(int incoming) {
    return (entries[incoming & (SIZE - 1)] & REPAIR) != 0;
  }

  /** Outgoing ids of header extensions by incoming ones, null to remove them all. */
  public byte @Nullable [] extensions() {
    return extensions;
  }

  /** The outgoing payload type for an incoming one (0 to 127), or -1 to drop the packet. */
  public int outgoing(int incoming) {
    return (byte) entries[incoming & (SIZE - 1)];
  }

  /** RTP clock rate in Hz of an incoming payload type (0 to 127). */
  public int clockRate(int incoming) {
    return entries[incoming & (SIZE - 1)] >> CLOCK_SHIFT;
  }

  /** Clock rates of the static payload types (RFC 3551 6). */
  private static int defaultClockRate(int type) {
    return switch (type) {
      case 6 -> 16_000;
      case 10, 11 -> 44_100;
      case 16 -> 11_025;
      case 17 -> 22_050;
      case 14, 25, 26, 28, 31, 32, 33, 34 -> 90_000;
      default -> type < FIRST_DYNAMIC ? 8_000 : 48_000;
    };
  }
}
