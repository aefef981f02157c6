package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Makes a test bed for a test, ends it, and prints all logs if the test has failed. */
final class TestBedExtension implements ParameterResolver, AfterEachCallback {

  private static final Namespace SPACE = Namespace.create(TestBedExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == TestBed.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    TestBed bed = new TestBed(emptied(directory(test)));
    test.getStore(SPACE).put(TestBed.class, bed);
    return bed;
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    TestBed bed = test.getStore(SPACE).get(TestBed.class, TestBed.class);
    if (bed == null) {
      return;
    }
    try {
      bed.close();
    } finally {
      test.getExecutionException().ifPresent(failure -> report(test, bed));
    }
  }

  private static void report(ExtensionContext test, TestBed bed) {
    System.err.println("==== " + test.getDisplayName() + " failed. " + bed.logs());
  }

  private static Path directory(ExtensionContext test) {
    String method = test.getRequiredTestMethod().getName();
    String invocation = test.getUniqueId().replaceAll(".*invocation:#(\\d+).*|.*", "$1");
    return Path.of("target", "scenario", test.getRequiredTestClass().getSimpleName())
        .resolve(method + invocation);
  }

  private static Path emptied(Path directory) {
    try {
      if (Files.exists(directory)) {
        try (Stream<Path> old = Files.walk(directory)) {
          for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
