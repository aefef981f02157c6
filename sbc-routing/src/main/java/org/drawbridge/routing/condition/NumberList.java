package org.drawbridge.routing.condition;

import java.util.Set;
import org.drawbridge.routing.number.PrefixTable;
import org.jspecify.annotations.Nullable;

/** Many numbers at once, found by one look-up whatever their count. Immutable. */
public sealed interface NumberList {

  /** The entry that a number is on the list by, or null where it is not. */
  @Nullable String entry(String number);

  /** Whether a number is on the list; makes no object. */
  default boolean contains(String number) {
    return entry(number) != null;
  }

  /**
   * Numbers by how they begin; a leading plus does not count.
   *
   * @param source where they were read
   */
  record Prefixes(PrefixTable<String> table, String source) implements NumberList {

    @Override
    public @Nullable String entry(String number) {
      return table.find(number);
    }

    @Override
    public String toString() {
      return "prefixes of " + source;
    }
  }

  /**
   * Whole numbers or names.
   *
   * @param source where they were read
   */
  record Numbers(Set<String> all, String source) implements NumberList {

    public Numbers {
      all = Set.copyOf(all);
    }

    @Override
    public @Nullable String entry(String number) {
      return all.contains(number) ? number : null;
    }

    @Override
    public String toString() {
      return "numbers of " + source;
    }
  }
}
