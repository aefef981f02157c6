package org.drawbridge.routing.yaml;

import org.jspecify.annotations.Nullable;

/** Where {@code ${NAME}} in a file takes its value from. */
@FunctionalInterface
public interface Environment {

  /** The value of a variable, or null where it is not set. */
  @Nullable String get(String name);

  /** The environment of this process. */
  static Environment ofProcess() {
    return System::getenv;
  }
}
