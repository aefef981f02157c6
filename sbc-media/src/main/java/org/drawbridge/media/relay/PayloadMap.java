package org.drawbridge.media.relay;

import java.util.Arrays;
import java.util.Map;

/**
 * Which payload type a packet leaves with, by the one it came with. Immutable; read on media loops
 * for each packet.
 */
public final class PayloadMap {

  private static final int SIZE = 128;
  private static final byte DROP = -1;

  private final byte[] outgoing;

  private PayloadMap(byte[] outgoing) {
    this.outgoing = outgoing;
  }

  /** A map that passes each payload type as it came. */
  public static PayloadMap identity() {
    byte[] table = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      table[i] = (byte) i;
    }
    return new PayloadMap(table);
  }

  /**
   * A map that passes only the given payload types (0 to 127), each as its value; all others are
   * dropped.
   */
  public static PayloadMap of(Map<Integer, Integer> types) {
    byte[] table = new byte[SIZE];
    Arrays.fill(table, DROP);
    types.forEach((in, out) -> table[in] = (byte) (int) out);
    return new PayloadMap(table);
  }

  /** The outgoing payload type for an incoming one (0 to 127), or -1 to drop the packet. */
  public int outgoing(int incoming) {
    return outgoing[incoming & (SIZE - 1)];
  }
}
