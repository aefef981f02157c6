package org.drawbridge.media.relay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.drawbridge.media.rtp.HeaderExtensions;
import org.jspecify.annotations.Nullable;

/**
 * Which payload type a packet leaves with, by the one it came with, and the RTP clock of what came.
 * Immutable; read on media loops for each packet.
 */
public final class PayloadMap {

  private static final int SIZE = 128;
  private static final byte DROP = -1;

  private static final int FIRST_DYNAMIC = 96;

  private static final int VIDEO_CLOCK = 90_000;

  private final byte[] outgoing;
  private final int[] clockRates;
  private final @Nullable KeyRoute keys;
  private final boolean[] repairs;
  private final byte @Nullable [] extensions;

  private PayloadMap(byte[] outgoing, Map<Integer, Integer> clockRates, @Nullable KeyRoute keys) {
    this(outgoing, clockRates, keys, new boolean[SIZE], null);
  }

  private PayloadMap(
      byte[] outgoing,
      Map<Integer, Integer> clockRates,
      @Nullable KeyRoute keys,
      boolean[] repairs,
      byte @Nullable [] extensions) {
    this.repairs = repairs;
    this.extensions = extensions;
    this.outgoing = outgoing;
    this.keys = keys;
    this.clockRates = new int[SIZE];
    for (int type = 0; type < SIZE; type++) {
      this.clockRates[type] = clockRates.getOrDefault(type, defaultClockRate(type));
    }
  }

  /** A map that passes each payload type as it came. */
  public static PayloadMap identity() {
    byte[] table = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      table[i] = (byte) i;
    }
    return new PayloadMap(table, Map.of(), null);
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
    byte[] table = new byte[SIZE];
    Arrays.fill(table, DROP);
    types.forEach((in, out) -> table[in] = (byte) (int) out);
    return new PayloadMap(table, clockRates, keys);
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
    byte[] table = outgoing.clone();
    boolean[] repairing = new boolean[SIZE];
    Map<Integer, Integer> rates = new HashMap<>();
    for (int type = 0; type < SIZE; type++) {
      rates.put(type, table[type] == DROP ? VIDEO_CLOCK : clockRates[type]);
    }
    types.forEach(
        (in, out) -> {
          table[in] = (byte) (int) out;
          repairing[in] = true;
        });
    byte[] renumbered = new byte[HeaderExtensions.MAX_ID + 1];
    ids.forEach((in, out) -> renumbered[in] = (byte) (int) out);
    return new PayloadMap(table, rates, null, repairing, renumbered);
  }

  /** Whether this is video. */
  public boolean isVideo() {
    return extensions != null;
  }

  /** Whether an incoming payload type (0 to 127) is that of retransmissions. */
  boolean isRepair(int incoming) {
    return repairs[incoming & (SIZE - 1)];
  }

  /** Outgoing ids of header extensions by incoming ones, null to remove them all. */
  byte @Nullable [] extensions() {
    return extensions;
  }

  /** The outgoing payload type for an incoming one (0 to 127), or -1 to drop the packet. */
  public int outgoing(int incoming) {
    return outgoing[incoming & (SIZE - 1)];
  }

  /** RTP clock rate in Hz of an incoming payload type (0 to 127). */
  public int clockRate(int incoming) {
    return clockRates[incoming & (SIZE - 1)];
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
