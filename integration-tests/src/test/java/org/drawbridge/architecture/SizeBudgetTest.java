package org.drawbridge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Files and functions stay small enough to hold in the head. */
final class SizeBudgetTest {

  private static final int MAX_FILE_LINES = 400;
  private static final int MAX_METHOD_LINES = 60;

  @Test
  void noFileIsLongerThanTheBudget() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > MAX_FILE_LINES) {
        tooLong.add(file + ": " + lines);
      }
    }
    assertThat(tooLong).as("files over %d lines", MAX_FILE_LINES).isEmpty();
  }

  @Test
  void noMethodIsLongerThanTheBudget() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<String> tooLong = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        unit.accept(new MethodMeter(unit, positions, tooLong), null);
      }
      assertThat(tooLong).as("methods over %d lines", MAX_METHOD_LINES).isEmpty();
    }
  }

  private static List<Path> sources() throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    List<Path> found = new ArrayList<>();
    for (String module : List.of("sbc-core", "sbc-media", "sbc-routing", "integration-tests")) {
      try (Stream<Path> walk = Files.walk(root.resolve(module).resolve("src"))) {
        walk.filter(path -> path.toString().endsWith(".java")).forEach(found::add);
      }
    }
    assertThat(found).hasSizeGreaterThan(100);
    return found;
  }

  private static final class MethodMeter extends TreeScanner<Void, Void> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> tooLong;

    MethodMeter(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
      this.unit = unit;
      this.positions = positions;
      this.tooLong = tooLong;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      LineMap map = unit.getLineMap();
      long end = positions.getEndPosition(unit, method);
      if (method.getBody() != null && end >= 0) {
        long lines =
            map.getLineNumber(end)
                - map.getLineNumber(positions.getStartPosition(unit, method.getBody()))
                + 1;
        if (lines > MAX_METHOD_LINES) {
          tooLong.add(unit.getSourceFile().getName() + " " + method.getName() + ": " + lines);
        }
      }
      return super.visitMethod(method, unused);
    }
  }
}
