package org.drawbridge.routing.condition;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of numbers: one a line, and what follows a comma is for people. Lines that are empty
 * or begin with {@code #} are passed over, and so is a first line that begins with {@code prefix}
 * or {@code number}.
 */
public final class NumberFile {

  private static final int MAX_LINES = 2_000_000;
  private static final int MAX_PROBLEMS = 20;

  private final String file;
  private final Entries entries;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private NumberFile(String file, Entries entries) {
    this.file = file;
    this.entries = entries;
  }

  /** Takes the entries of a list, one after the other. */
  @FunctionalInterface
  public interface Entries {

    /** Takes one; returns what is wrong with it, or null. */
    @Nullable String add(String entry);
  }

  /** Reads a file whole; returns all mistakes in it, each with its line. */
  public static List<ConfigProblem> read(Path path, Entries entries) {
    NumberFile reader = new NumberFile(path.toString(), entries);
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      reader.readAll(lines);
    } catch (NoSuchFileException _) {
      reader.problem(0, "the file does not exist");
    } catch (MalformedInputException _) {
      reader.problem(0, "the file is not UTF-8 text");
    } catch (IOException e) {
      reader.problem(0, "the file cannot be read: " + e.getMessage());
    }
    return reader.problems;
  }

  private void readAll(BufferedReader lines) throws IOException {
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (number > MAX_LINES) {
        problem(number, "more than " + MAX_LINES + " lines");
        return;
      }
      String wrong = add(line, number);
      if (wrong != null) {
        problem(number, wrong);
      }
      if (problems.size() == MAX_PROBLEMS) {
        return;
      }
    }
  }

  private @Nullable String add(String line, int number) {
    int comma = line.indexOf(',');
    String entry = (comma < 0 ? line : line.substring(0, comma)).strip();
    boolean isHead = number == 1 && (entry.equals("prefix") || entry.equals("number"));
    return line.isBlank() || entry.startsWith("#") || isHead ? null : entries.add(entry);
  }

  private void problem(int line, String message) {
    problems.add(new ConfigProblem(file, line, line == 0 ? 0 : 1, message));
  }
}
