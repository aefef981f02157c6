package org.drawbridge.app.running;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.account.Accounts;
import org.drawbridge.metrics.Counter;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Environment;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of a running program again: all of it comes into force or nothing does.
 * Thread-safe: one reload after the other.
 */
public final class Reloader {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.config");

  private final Path file;
  private final Sbc sbc;
  private final Counter applied;
  private final Counter refused;
  private FileStamps seen;
  private volatile Instant since = Instant.now();
  private FileStamps inputs = FileStamps.of(List.of());

  /** The mistakes that were told last; none once a file was good. */
  private List<String> told = List.of();

  /**
   * For a program that runs with what a file said.
   *
   * @param inputs the file and all that it named to be read, as they were then
   */
  public Reloader(Path file, Sbc sbc, FileStamps inputs) {
    this.file = file;
    this.sbc = sbc;
    this.seen = inputs;
    this.applied = counter(sbc, "applied");
    this.refused = counter(sbc, "refused");
  }

  /** Made at the start: of one that begins with 1 Prometheus does not see that it grew. */
  private static Counter counter(Sbc sbc, String result) {
    return sbc.counters()
        .count(
            "drawbridge_reloads_total",
            "Reloads of the configuration by what came of them",
            "result",
            result);
  }

  /**
   * Reads and applies it.
   *
   * @param trigger who asks, for the log
   */
  public synchronized ReloadReport reload(String trigger) {
    FileStamps before = seen.again();
    inputs = FileStamps.of(List.of());
    ReloadReport report = read();
    // A bad file may name less than it did: what was watched before may be where it is mended.
    seen = report instanceof ReloadReport.Refused ? inputs.over(before) : inputs;
    log(report, trigger);
    return report;
  }

  /**
   * The same, unless the files are as they were when they were last read: somebody else's reload
   * may have come in between.
   */
  synchronized void reloadIfChanged(String trigger) {
    if (!seen.again().equals(seen)) {
      reload(trigger);
    }
  }

  private ReloadReport read() {
    try {
      // Each file is looked at before it is read: what is changed meanwhile is seen to differ.
      ConfigResult read =
          ConfigReader.read(file, Environment.ofProcess(), input -> inputs = inputs.and(input));
      return switch (read) {
        case ConfigResult.Refused(List<ConfigProblem> problems) ->
            new ReloadReport.Refused(words(problems));
        case ConfigResult.Loaded(SbcConfig config, List<ConfigProblem> warnings) ->
            apply(config, words(warnings));
      };
    } catch (RuntimeException e) {
      LOG.error("Fault in a reload", e);
      return new ReloadReport.Refused(List.of("a fault of Drawbridge itself: " + e));
    }
  }

  private ReloadReport apply(SbcConfig config, List<String> warnings) {
    List<String> problems = new ArrayList<>();
    try {
      Accounts accounts = accounts(config, problems);
      problems.addAll(OwnCertificates.problems(config));
      if (accounts == null || !problems.isEmpty()) {
        problems.addAll(Sbc.missingCertificates(config));
        return new ReloadReport.Refused(problems);
      }
      List<String> later = sbc.reload(config, accounts);
      since = Instant.now();
      List<String> all = new ArrayList<>(warnings);
      all.addAll(sbc.certificates().warnings());
      return new ReloadReport.Applied(all, later);
    } catch (StartFailure e) {
      return new ReloadReport.Refused(lines(e));
    }
  }

  /** Null after what is wrong was added to the problems. */
  private static @Nullable Accounts accounts(SbcConfig config, List<String> problems) {
    try {
      return AccountFiles.load(config);
    } catch (StartFailure e) {
      problems.addAll(lines(e));
      return null;
    }
  }

  private static List<String> lines(StartFailure failure) {
    return String.valueOf(failure.getMessage()).lines().toList();
  }

  private static List<String> words(List<ConfigProblem> problems) {
    return problems.stream().map(ConfigProblem::toString).toList();
  }

  private void log(ReloadReport report, String trigger) {
    (report instanceof ReloadReport.Applied ? applied : refused).increment();
    switch (report) {
      case ReloadReport.Applied(List<String> warnings, List<String> later) -> {
        told = List.of();
        LOG.info("config.reloaded file={} trigger={}", file, trigger);
        warnings.forEach(warning -> LOG.warn("config.warning {}", warning));
        later.forEach(key -> LOG.warn("config.later {}", key));
      }
      case ReloadReport.Refused(List<String> problems) when problems.equals(told) ->
          LOG.error("config.refused file={} trigger={}: the same mistakes", file, trigger);
      case ReloadReport.Refused(List<String> problems) -> {
        told = problems;
        LOG.error("config.refused file={} trigger={}: the old one stays", file, trigger);
        problems.forEach(problem -> LOG.error("config.problem {}", problem));
      }
    }
  }

  /** What is read. */
  public Path file() {
    return file;
  }

  /** Since when what was read is in force. */
  Instant since() {
    return since;
  }

  /** The files as they were when they were last read. */
  synchronized FileStamps seen() {
    return seen;
  }
}
