package org.drawbridge.app.running;

import java.util.List;

/** What came of reading the configuration again. */
public sealed interface ReloadReport {

  /**
   * It is in force.
   *
   * @param warnings choices that are allowed and deserve a second look
   * @param later what waits for a restart
   */
  record Applied(List<String> warnings, List<String> later) implements ReloadReport {

    public Applied {
      warnings = List.copyOf(warnings);
      later = List.copyOf(later);
    }
  }

  /** The old one is still in force, all of it; each problem of the new one. */
  record Refused(List<String> problems) implements ReloadReport {

    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
