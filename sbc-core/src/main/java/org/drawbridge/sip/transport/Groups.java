package org.drawbridge.sip.transport;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Members of groups, in the order in which they came. A group is there as long as it has members.
 * Not thread-safe.
 *
 * @param <K> what names a group
 * @param <T> its members
 */
final class Groups<K, T> {
  private final Map<K, SequencedSet<T>> groups = new HashMap<>();

  /** The members of a group, longest ago first; null if there are none. */
  @Nullable SequencedSet<T> of(K name) {
    return groups.get(name);
  }

  /** The group that a member is in from now on, with it. */
  SequencedSet<T> add(K name, T member) {
    SequencedSet<T> group = groups.computeIfAbsent(name, _ -> new LinkedHashSet<>());
    group.add(member);
    return group;
  }

  /** Takes a member out, if it is there. */
  void remove(@Nullable K name, T member) {
    SequencedSet<T> group = name == null ? null : groups.get(name);
    if (name != null && group != null && group.remove(member) && group.isEmpty()) {
      groups.remove(name);
    }
  }
}
