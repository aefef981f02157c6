package org.drawbridge.routing.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says of a text that is no YAML where and how to mend it, where the library speaks of tokens. */
final class SyntaxWords {

  private SyntaxWords() {}

  static void tell(MarkedYamlEngineException e, Problems problems) {
    String problem = e.getProblem();
    String context = e.getContext() == null ? "" : e.getContext();
    if (context.contains("quoted scalar") && problem.contains("end of stream")) {
      problems.error(e.getContextMark(), "not YAML: this quote is not closed");
    } else if (context.contains("simple key")) {
      problems.error(
          e.getContextMark(),
          "not YAML: this is neither a key nor a value: after a key come a colon and a space");
    } else {
      Optional<Mark> place = e.getProblemMark().or(e::getContextMark);
      problems.error(place, "not YAML: " + words(context, problem, place) + begun(e));
    }
  }

  private static String words(String context, String problem, Optional<Mark> place) {
    if (problem.contains("'\\t(TAB)'")) {
      return "a tab, where YAML takes spaces only";
    }
    if (problem.contains("cannot start any token")) {
      return problem.replaceFirst(" that cannot start.*", "") + ": write the value in \"quotes\"";
    }
    boolean isLeftOver =
        problem.contains("found '<scalar>'") && !place.map(SyntaxWords::isFirst).orElse(true);
    if (isLeftOver || problem.endsWith("but got <scalar>")) {
      return "the value before this has ended: close its \"quotes\", write all of it in them,"
          + " or put a comma between two keys in { }";
    }
    if (problem.endsWith("but got {") || problem.endsWith("but got [")) {
      return "the value before this has ended: write all of it in \"quotes\","
          + " as in \"${NAME}\" or \"10[0-9]{2}\", or put a comma before this";
    }
    if (problem.contains("unknown escape character")) {
      return "in \"quotes\" a backslash begins an escape: write the value in 'single quotes'";
    }
    if (problem.startsWith("expected <block end>")) {
      return "this line is not indented like those beside it";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "no key can be here: indent the line like those beside it,"
          + " and write a value that holds \": \" in \"quotes\"";
    }
    if (problem.endsWith("but got :")) {
      return "a second \":\": write a value that holds \": \" in \"quotes\"";
    }
    return context.isEmpty() ? problem : context + ", " + problem;
  }

  /** Whether only spaces stand before it on its line. */
  private static boolean isFirst(Mark mark) {
    int at = mark.getPointer();
    int[] text = mark.getBuffer();
    while (at > 0 && text[at - 1] == ' ') {
      at--;
    }
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
  }

  /** What is not closed is often found many lines below. */
  private static String begun(MarkedYamlEngineException e) {
    int line = e.getContextMark().map(Mark::getLine).orElse(-1);
    boolean isElsewhere = e.getProblemMark().map(Mark::getLine).orElse(-1) > line;
    return line >= 0 && isElsewhere ? "; see line " + (line + 1) : "";
  }
}
