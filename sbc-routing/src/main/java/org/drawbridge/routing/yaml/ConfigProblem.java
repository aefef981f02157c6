package org.drawbridge.routing.yaml;

/**
 * One mistake in a configuration file.
 *
 * @param file the file as the operator named it
 * @param line from 1, or 0 where the file as a whole is meant
 * @param column from 1, or 0 where the file as a whole is meant
 * @param message what is wrong and what would be right; never contains a secret
 */
public record ConfigProblem(String file, int line, int column, String message) {

  /** The usual {@code file:line:column: message}. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }
}
