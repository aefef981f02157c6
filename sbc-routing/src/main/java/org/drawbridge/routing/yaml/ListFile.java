package org.drawbridge.routing.yaml;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.routing.value.FileWords;
import org.jspecify.annotations.Nullable;

/** Reads a long list that stands in a file of its own, such as numbers or prices, line by line. */
public final class ListFile {

  /** The most lines that are read. */
  public static final int MAX_LINES = 2_000_000;

  private static final int MAX_PROBLEMS = 20;

  private final String file;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private ListFile(String file) {
    this.file = file;
  }

  /** Takes the lines, one after the other. */
  @FunctionalInterface
  public interface Lines {

    /**
     * Takes one.
     *
     * @param number from 1
     * @return what is wrong with it, or null
     */
    @Nullable String take(int number, String line);
  }

  /**
   * Reads a file whole.
   *
   * @param tooMany what is said of a file with more than {@link #MAX_LINES}
   * @return the first mistakes in it, each with its line
   */
  public static List<ConfigProblem> read(Path path, String tooMany, Lines lines) {
    ListFile list = new ListFile(path.toString());
    try (BufferedReader text = Files.newBufferedReader(path)) {
      list.readAll(text, tooMany, lines);
    } catch (NoSuchFileException _) {
      list.problem(0, "the file does not exist");
    } catch (MalformedInputException _) {
      list.problem(0, "the file is not UTF-8 text");
    } catch (IOException e) {
      list.problem(0, "the file cannot be read: " + FileWords.of(e));
    }
    return list.problems;
  }

  private void readAll(BufferedReader text, String tooMany, Lines lines) throws IOException {
    int number = 0;
    for (String line = text.readLine(); line != null; line = text.readLine()) {
      number++;
      String shown = number == 1 ? unmarked(line) : line;
      String wrong = number > MAX_LINES ? tooMany : lines.take(number, shown);
      if (wrong != null) {
        problem(number, wrong);
      }
      if (number > MAX_LINES || problems.size() == MAX_PROBLEMS) {
        return;
      }
    }
  }

  /** Without the byte order mark that spreadsheets begin their UTF-8 with. */
  private static String unmarked(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private void problem(int line, String message) {
    problems.add(new ConfigProblem(file, line, line == 0 ? 0 : 1, message));
  }
}
