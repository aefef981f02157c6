package org.drawbridge.routing.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a file, its name alone is no answer. */
final class FileWordsTest {

  @TempDir private Path directory = Path.of(".");

  @Test
  void aFileThatMayNotBeReadNamesWhoMayNot() {
    assertThat(FileWords.of(new AccessDeniedException("/etc/letsencrypt/live")))
        .isEqualTo(
            "/etc/letsencrypt/live: permission denied to the user "
                + System.getProperty("user.name"));
  }

  @Test
  void aFileWhereADirectoryShouldBeIsSaidToBeOne() throws IOException {
    Path file = Files.writeString(directory.resolve("tls"), "");
    assertThat(wordsOf(() -> Files.createDirectories(file)))
        .isEqualTo(file + " is there already and is no directory");
    assertThat(wordsOf(() -> Files.newDirectoryStream(file).close()))
        .isEqualTo(file + " is no directory");
    assertThat(wordsOf(() -> Files.size(directory.resolve("no"))))
        .isEqualTo(directory.resolve("no") + " does not exist");
  }

  @Test
  void whatTheSystemSaysIsSaid() {
    assertThat(FileWords.of(new FileSystemException("a", null, "No space left on device")))
        .isEqualTo("a: No space left on device");
    assertThat(FileWords.of(new IOException("Is a directory"))).isEqualTo("Is a directory");
    assertThat(FileWords.of(new IOException())).isEqualTo("java.io.IOException");
  }

  /** Something that fails. */
  private interface Attempt {
    void run() throws IOException;
  }

  private static String wordsOf(Attempt attempt) {
    try {
      attempt.run();
      return "";
    } catch (IOException e) {
      return FileWords.of(e);
    }
  }
}
