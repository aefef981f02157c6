package org.drawbridge.routing.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects the mistakes of a file and of those that it includes. Used by one thread. */
public final class Problems {

  /** More would not be read by anyone, and a hostile file must not fill the memory. */
  private static final int MAX = 200;

  private final String file;
  private final Found found;

  /** What was found in all files together. */
  private static final class Found {
    final List<String> files = new ArrayList<>();
    final List<ConfigProblem> errors = new ArrayList<>();
    final List<ConfigProblem> warnings = new ArrayList<>();
    int untold;
  }

  /** Starts with none, for a file under the name that the operator used. */
  public Problems(String file) {
    this(file, new Found());
  }

  private Problems(String file, Found found) {
    this.file = file;
    this.found = found;
    found.files.add(file);
  }

  /** Collects those of another file together with these. */
  Problems in(String other) {
    return new Problems(other, found);
  }

  /** The name of the file. */
  String file() {
    return file;
  }

  /** Adds a mistake about the file as a whole. */
  public void error(String message) {
    add(found.errors, new ConfigProblem(file, 0, 0, message));
  }

  void error(int line, int column, String message) {
    add(found.errors, new ConfigProblem(file, line, column, message));
  }

  void error(Optional<Mark> mark, String message) {
    add(found.errors, at(mark, message));
  }

  void warning(Optional<Mark> mark, String message) {
    add(found.warnings, at(mark, message));
  }

  private ConfigProblem at(Optional<Mark> mark, String message) {
    return mark.map(m -> new ConfigProblem(file, m.getLine() + 1, m.getColumn() + 1, message))
        .orElseGet(() -> new ConfigProblem(file, 0, 0, message));
  }

  private void add(List<ConfigProblem> list, ConfigProblem problem) {
    if (list.contains(problem)) {
      return; // A value may be looked at twice.
    }
    if (list.size() < MAX) {
      list.add(problem);
    } else {
      found.untold++;
    }
  }

  /** Whether nothing is wrong so far. */
  public boolean none() {
    return found.errors.isEmpty();
  }

  /** The mistakes, in the order of the files; of too many, the rest is only counted. */
  public List<ConfigProblem> errors() {
    List<ConfigProblem> all = sorted(found.errors);
    if (found.untold > 0) {
      all.add(new ConfigProblem(file, 0, 0, "and " + found.untold + " more"));
    }
    return all;
  }

  /** What is allowed but deserves a second look, in the order of the files. */
  public List<ConfigProblem> warnings() {
    return sorted(found.warnings);
  }

  private List<ConfigProblem> sorted(List<ConfigProblem> problems) {
    List<ConfigProblem> copy = new ArrayList<>(problems);
    copy.sort(
        Comparator.<ConfigProblem>comparingInt(problem -> found.files.indexOf(problem.file()))
            .thenComparingInt(ConfigProblem::line)
            .thenComparingInt(ConfigProblem::column));
    return copy;
  }
}
