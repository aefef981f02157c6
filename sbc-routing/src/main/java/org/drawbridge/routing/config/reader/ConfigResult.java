package org.drawbridge.routing.config.reader;

import java.util.List;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.yaml.ConfigProblem;

/** What reading a configuration file comes to. */
public sealed interface ConfigResult {

  /**
   * The file is good.
   *
   * @param warnings choices that are allowed and deserve a second look
   */
  record Loaded(SbcConfig config, List<ConfigProblem> warnings) implements ConfigResult {

    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /** The file has these mistakes, all of them, in the order of the file. */
  record Refused(List<ConfigProblem> problems) implements ConfigResult {

    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
