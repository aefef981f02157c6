package org.drawbridge.support;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the working tree. */
public final class Repository {

  private Repository() {}

  /** The top directory; tests run in it or in one of the modules. */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("web/package.json"))) {
      Path parent = here.getParent();
      if (parent == null) {
        throw new IllegalStateException("not started inside the working tree");
      }
      here = parent;
    }
    return here;
  }
}
