package org.drawbridge.app.explain;

import java.util.List;
import org.drawbridge.upstream.TrunkStatus;
import org.jspecify.annotations.Nullable;

/** What can be said of trunks and devices beside what the configuration says. Thread-safe. */
public interface TrunkView {

  /** Of a program that does not run. */
  TrunkView NOT_RUNNING =
      new TrunkView() {
        @Override
        public @Nullable TrunkStatus status(String trunk) {
          return null;
        }

        @Override
        public int devices(String user, String domain) {
          return -1;
        }
      };

  /** How a trunk stands; null where that is not known. */
  @Nullable TrunkStatus status(String trunk);

  /** How many devices of an account can be reached; -1 where that is not known. */
  int devices(String user, String domain);

  /**
   * What else decides whether a trunk takes a call, in words for an operator, such as how much of a
   * limit is used up.
   */
  default List<String> facts(String trunk) {
    return List.of();
  }
}
