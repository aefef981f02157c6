package org.drawbridge.app;

import java.nio.file.Path;
import java.util.List;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.b2bua.RecordOutcome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which call is to be recorded from now on, or no more, and where to. */
final class RecordOptions {

  @Parameters(index = "0", paramLabel = "CALL", description = "Its Call-ID, as sbc calls says it.")
  private String call = "";

  @Option(names = "--stop", description = "End its recording.")
  private boolean stop;

  @Option(
      names = "--to",
      paramLabel = "DIRECTORY",
      description = "Where the file goes; where its route says, or data/recordings, by default.")
  private @Nullable Path directory;

  String call() {
    return call;
  }

  boolean stop() {
    return stop;
  }

  @Nullable Path directory() {
    return directory;
  }

  /** Has it done in the running program. */
  ControlReply give(Sbc sbc) {
    List<RecordOutcome> outcomes =
        sbc.askCalls(
            calls ->
                (stop ? calls.endRecording(call) : calls.record(call, directory))
                    .stream().toList());
    return outcomes.isEmpty()
        ? ControlReply.words(false, "There is no call " + call + ".\n")
        : ControlReply.words(outcomes.getFirst().isDone(), words(outcomes.getFirst()) + "\n");
  }

  private String words(RecordOutcome outcome) {
    return switch (outcome) {
      case RecordOutcome.Begun(Path where) -> call + " is recorded in " + where.toAbsolutePath();
      case RecordOutcome.Ended _ -> call + " is recorded no more";
      case RecordOutcome.Impossible(String reason) -> call + " cannot be recorded: " + reason;
    };
  }
}
