package org.drawbridge.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.drawbridge.app.control.ControlClient;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.control.ControlRequest;
import org.drawbridge.routing.config.reader.ControlSocket;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Problems;
import org.drawbridge.routing.yaml.YamlDocument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which running program a command is for, and how its answer is shown. */
final class RunningOptions {

  private static final Path USUAL = Path.of("config/sbc.yaml");

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file it runs with; config/sbc.yaml by default.")
  private @Nullable Path file;

  @Option(names = "--socket", description = "Its control socket; the one of the file by default.")
  private @Nullable Path socket;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  Path file() {
    return file == null ? USUAL : file;
  }

  /** Takes a word for the file, unless there is one. */
  boolean takeFile(Path named) {
    boolean taken = file == null;
    file = taken ? named : file;
    return taken;
  }

  /**
   * Asks the running program; null if none answers. A file that is named and cannot be read is told
   * instead: whatever runs with the usual file must not do what was meant for another.
   */
  @Nullable ControlReply ask(CommandSpec spec, String command, List<String> arguments) {
    Problems problems = new Problems(file().toString());
    if (file != null && socket == null && YamlDocument.read(file, problems) == null) {
      return ControlReply.words(false, problems.errors().getFirst() + "\n");
    }
    Path path = socket();
    if (path == null) {
      return null;
    }
    try {
      return ControlClient.ask(path, new ControlRequest(command, arguments));
    } catch (IOException e) {
      String advice =
          Files.isWritable(path)
              ? ""
              : ": only root and the user that Drawbridge runs as may ask there";
      return ControlReply.words(
          false, "control socket " + path + ": " + e.getMessage() + advice + "\n");
    }
  }

  /**
   * As {@link #ask}, for what changes the course of a program: a file that is named has to say
   * which one is meant, though it may have other mistakes by now.
   */
  @Nullable ControlReply order(CommandSpec spec, String command, List<String> arguments) {
    ConfigProblem doubt = file == null || socket != null ? null : ControlSocket.doubt(file);
    return doubt == null ? ask(spec, command, arguments) : ControlReply.words(false, doubt + "\n");
  }

  /** Does what only a running program can do, and prints what came of it. */
  int run(CommandSpec spec, String command) {
    return run(spec, command, List.of());
  }

  /** The same with arguments. */
  int run(CommandSpec spec, String command, List<String> arguments) {
    ControlReply reply = ask(spec, command, arguments);
    return print(spec, reply == null ? nobody() : reply);
  }

  /** What is said where no program runs. */
  ControlReply nobody() {
    Path path = socket();
    if (path == null) {
      return ControlReply.words(
          false, "There is no control socket: " + file() + " says control: { socket: none }.\n");
    }
    String guessed =
        socket == null && !Files.exists(file()) ? "There is no file " + file() + ". " : "";
    return ControlReply.words(
        false, guessed + "No Drawbridge is running at " + path.toAbsolutePath() + ".\n");
  }

  private @Nullable Path socket() {
    return socket == null ? ControlSocket.of(file()) : socket;
  }

  /** Prints an answer and returns the status to exit with. */
  int print(CommandSpec spec, ControlReply reply) {
    PrintWriter out = reply.ok() ? spec.commandLine().getOut() : spec.commandLine().getErr();
    if (json && !reply.data().isEmpty()) {
      spec.commandLine().getOut().println(reply.prettyData());
      spec.commandLine().getOut().flush();
    } else {
      out.print(reply.text());
      out.flush();
    }
    return reply.ok() ? 0 : 1;
  }
}
