package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole program that registers and calls through itself. */
final class RehearseCommandTest {

  @Test
  void callsGoThroughAndTheProgramEnds(@TempDir Path folder) {
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine("rehearse")
            .setErr(new PrintWriter(err))
            .execute("rehearse", "--calls", "3", "--folder", folder.toString());
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
  }
}
