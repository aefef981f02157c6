package org.drawbridge.routing.yaml;

import org.jspecify.annotations.Nullable;

/** Reads one kind of value. */
@FunctionalInterface
public interface ValueReader<T> {

  /** The value, or null after reporting what is wrong with it. */
  @Nullable T read(YamlValue value);
}
