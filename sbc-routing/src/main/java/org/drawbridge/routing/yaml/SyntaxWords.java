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
    } else {
      Optional<Mark> place = e.getProblemMark().or(e::getContextMark);
      problems.error(place, "not YAML: " + words(context, problem) + begun(e));
    }
  }

  private static String words(String context, String problem) {
    if (problem.contains("'\\t(TAB)'")) {
      return "a tab, where YAML takes spaces only";
    }
    if (problem.contains("cannot start any token")) {
      return problem.replaceFirst(" that cannot start.*", "") + ": write the value in \"quotes\"";
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

  /** What is not closed is often found many lines below. */
  private static String begun(MarkedYamlEngineException e) {
    int line = e.getContextMark().map(Mark::getLine).orElse(-1);
    boolean isElsewhere = e.getProblemMark().map(Mark::getLine).orElse(-1) > line;
    return line >= 0 && isElsewhere ? "; see line " + (line + 1) : "";
  }
}
