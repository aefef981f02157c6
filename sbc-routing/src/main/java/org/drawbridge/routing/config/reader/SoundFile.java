package org.drawbridge.routing.config.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.drawbridge.routing.value.FileWords;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the path of a sound, and whether there is one: what is wrong is said before a call. */
final class SoundFile {

  private static final int MAX_MEGABYTES = 32;
  private static final int HEADER = 12;

  private SoundFile() {}

  static @Nullable Path read(YamlValue value) {
    Path path = Scalars.path(value);
    String problem = path == null ? null : problem(path);
    return problem == null ? path : value.problem(problem);
  }

  private static @Nullable String problem(Path path) {
    if (!Files.isRegularFile(path)) {
      return "there is no file " + path;
    }
    try (InputStream in = Files.newInputStream(path)) {
      String start = new String(in.readNBytes(HEADER), StandardCharsets.ISO_8859_1);
      if (!start.startsWith("RIFF") || !start.endsWith("WAVE")) {
        return path + " is not a WAV file";
      }
      boolean fits = Files.size(path) <= (long) MAX_MEGABYTES << 20;
      return fits ? null : path + " is longer than " + MAX_MEGABYTES + " MB";
    } catch (IOException e) {
      return "the file cannot be read: " + FileWords.of(e);
    }
  }
}
