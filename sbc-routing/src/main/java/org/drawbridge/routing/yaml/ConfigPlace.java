package org.drawbridge.routing.yaml;

/**
 * Where a value stands, for mistakes that are known only after its file has been read.
 *
 * @param file the file as the operator named it
 * @param line from 1, or 0 where the file as a whole is meant
 * @param column from 1, or 0 where the file as a whole is meant
 */
public record ConfigPlace(String file, int line, int column) {

  /** A mistake here. */
  public ConfigProblem problem(String message) {
    return new ConfigProblem(file, line, column, message);
  }

  /** The usual {@code file:line:column}. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
