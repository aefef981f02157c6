package org.drawbridge.routing.condition;

import java.nio.file.Path;
import java.util.List;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.ListFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of numbers: one a line, and what follows a comma is for people. Lines that are empty
 * or begin with {@code #} are passed over, and so is a first line that begins with {@code prefix}
 * or {@code number}.
 */
public final class NumberFile {

  private static final String TOO_MANY = "more than " + ListFile.MAX_LINES + " lines";

  private NumberFile() {}

  /** Takes the entries of a list, one after the other. */
  @FunctionalInterface
  public interface Entries {

    /** Takes one; returns what is wrong with it, or null. */
    @Nullable String add(String entry);
  }

  /** Reads a file whole; returns all mistakes in it, each with its line. */
  public static List<ConfigProblem> read(Path path, Entries entries) {
    return ListFile.read(path, TOO_MANY, (number, line) -> add(number, line, entries));
  }

  private static @Nullable String add(int number, String line, Entries entries) {
    int comma = line.indexOf(',');
    String entry = (comma < 0 ? line : line.substring(0, comma)).strip();
    boolean isHead = number == 1 && (entry.equals("prefix") || entry.equals("number"));
    return line.isBlank() || entry.startsWith("#") || isHead ? null : entries.add(entry);
  }
}
