package org.drawbridge.routing.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects the mistakes of one file while it is read. Used by one thread. */
public final class Problems {

  /** More would not be read by anyone, and a hostile file must not fill the memory. */
  private static final int MAX = 200;

  private static final Comparator<ConfigProblem> IN_FILE_ORDER =
      Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column);

  private final String file;
  private final List<ConfigProblem> errors = new ArrayList<>();
  private final List<ConfigProblem> warnings = new ArrayList<>();
  private int untold;

  /** Starts with none, for a file under the name that the operator used. */
  public Problems(String file) {
    this.file = file;
  }

  /** Adds a mistake about the file as a whole. */
  public void error(String message) {
    add(errors, new ConfigProblem(file, 0, 0, message));
  }

  void error(int line, int column, String message) {
    add(errors, new ConfigProblem(file, line, column, message));
  }

  void error(Optional<Mark> mark, String message) {
    add(errors, at(mark, message));
  }

  void warning(Optional<Mark> mark, String message) {
    add(warnings, at(mark, message));
  }

  private ConfigProblem at(Optional<Mark> mark, String message) {
    return mark.map(m -> new ConfigProblem(file, m.getLine() + 1, m.getColumn() + 1, message))
        .orElseGet(() -> new ConfigProblem(file, 0, 0, message));
  }

  private void add(List<ConfigProblem> list, ConfigProblem problem) {
    if (list.size() < MAX) {
      list.add(problem);
    } else {
      untold++;
    }
  }

  /** Whether nothing is wrong so far. */
  public boolean none() {
    return errors.isEmpty();
  }

  /** The mistakes, in the order of the file; of too many, the rest is only counted. */
  public List<ConfigProblem> errors() {
    List<ConfigProblem> all = sorted(errors);
    if (untold > 0) {
      all.add(new ConfigProblem(file, 0, 0, "and " + untold + " more"));
    }
    return all;
  }

  /** What is allowed but deserves a second look, in the order of the file. */
  public List<ConfigProblem> warnings() {
    return sorted(warnings);
  }

  private static List<ConfigProblem> sorted(List<ConfigProblem> problems) {
    List<ConfigProblem> copy = new ArrayList<>(problems);
    copy.sort(IN_FILE_ORDER);
    return copy;
  }
}
