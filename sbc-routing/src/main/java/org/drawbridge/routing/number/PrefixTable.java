package org.drawbridge.routing.number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values by number prefix; the longest prefix that a number begins with counts. A trie of digits in
 * one array: a look-up costs one read a digit and makes no object. Immutable.
 *
 * @param <V> what a prefix stands for
 */
public final class PrefixTable<V> {

  private static final int DIGITS = 10;

  /** The ten children of a node and, after them, the index of its value plus one. */
  private static final int NODE = DIGITS + 1;

  private final int[] nodes;
  private final List<V> values;

  private PrefixTable(int[] nodes, List<V> values) {
    this.nodes = nodes;
    this.values = values;
  }

  /** How many prefixes there are. */
  public int size() {
    return values.size();
  }

  /**
   * The value of the longest prefix of a number, or null where none fits. A leading {@code +} does
   * not count; the first other character that is no digit ends the number.
   */
  public @Nullable V find(CharSequence number) {
    int node = 0;
    int best = nodes[DIGITS];
    for (int i = start(number); i < number.length(); i++) {
      int digit = number.charAt(i) - '0';
      if (digit < 0 || digit >= DIGITS) {
        break;
      }
      node = nodes[node + digit];
      if (node == 0) {
        break;
      }
      if (nodes[node + DIGITS] != 0) {
        best = nodes[node + DIGITS];
      }
    }
    return best == 0 ? null : values.get(best - 1);
  }

  private static int start(CharSequence number) {
    return !number.isEmpty() && number.charAt(0) == '+' ? 1 : 0;
  }

  /** Gathers prefixes. Not thread-safe. */
  public static final class Builder<V> {

    private final List<V> values = new ArrayList<>();
    private int[] nodes = new int[NODE * 64];
    private int used = NODE;

    /**
     * Adds a prefix; the empty one stands for every number.
     *
     * @return false where the prefix is there already or has something other than digits after an
     *     optional {@code +}; nothing is changed then
     */
    public boolean add(String prefix, V value) {
      if (!isDigits(prefix)) {
        return false;
      }
      int node = 0;
      for (int i = start(prefix); i < prefix.length(); i++) {
        node = child(node, prefix.charAt(i) - '0');
      }
      if (nodes[node + DIGITS] != 0) {
        return false;
      }
      values.add(value);
      nodes[node + DIGITS] = values.size();
      return true;
    }

    private static boolean isDigits(String prefix) {
      return prefix.chars().skip(start(prefix)).allMatch(c -> c >= '0' && c <= '9');
    }

    private int child(int node, int digit) {
      if (nodes[node + digit] == 0) {
        if (used + NODE > nodes.length) {
          nodes = Arrays.copyOf(nodes, 2 * nodes.length);
        }
        nodes[node + digit] = used;
        used += NODE;
      }
      return nodes[node + digit];
    }

    /** The table of what was added. */
    public PrefixTable<V> build() {
      return new PrefixTable<>(Arrays.copyOf(nodes, used), List.copyOf(values));
    }
  }
}
