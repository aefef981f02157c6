package org.drawbridge.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.drawbridge.app.running.AccountFiles;
import org.drawbridge.app.running.CertificateReminder;
import org.drawbridge.app.running.Drain;
import org.drawbridge.app.running.FileStamps;
import org.drawbridge.app.running.HeadStart;
import org.drawbridge.app.running.RefusalLog;
import org.drawbridge.app.running.ReloadTriggers;
import org.drawbridge.app.running.Reloader;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.app.running.StartFailure;
import org.drawbridge.loop.SteadyTime;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.user.NewAccount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sbc run}: starts the session border controller and stays until it is told to stop. */
@Command(name = "run", description = "Start Drawbridge; Ctrl-C or SIGTERM ends it.")
final class RunCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "config/sbc.yaml",
      description = "The file; ${DEFAULT-VALUE} by default.")
  private Path file = Path.of("config/sbc.yaml");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    HeadStart head = HeadStart.begin();
    if (LogManager.getContext(false) instanceof LoggerContext logs) {
      RefusalLog.install(logs, SteadyTime.system());
    }
    AtomicReference<FileStamps> inputs = new AtomicReference<>(FileStamps.of(List.of()));
    SbcConfig config = ConfigFile.read(file, err, input -> inputs.set(inputs.get().and(input)));
    if (config == null) {
      return 1;
    }
    try {
      List<NewAccount> made = firstAccounts(config);
      Sbc sbc = start(config, made, head);
      PrintWriter out = spec.commandLine().getOut();
      out.print(Banner.text(config, sbc.listeners(), made));
      out.flush();
      Reloader reloader = new Reloader(file, sbc, inputs.get().withThoseMadeSince());
      ReloadTriggers.onSignal(reloader);
      Drain drain =
          new Drain(sbc.doors(), sbc::allCalls, () -> System.exit(0), SteadyTime.system());
      ControlSocket control =
          ControlSocket.open(config, new ControlCommands(sbc, reloader, drain.watch()));
      CertificateReminder reminder =
          new CertificateReminder(sbc::certificates, InstantSource.system());
      ReloadTriggers.onChange(reloader, List.of(reminder::look, control::look));
      stayUntilStopped(sbc, control);
      return 0;
    } catch (StartFailure e) {
      err.println(e.getMessage());
      err.flush();
      return 1;
    }
  }

  private static List<NewAccount> firstAccounts(SbcConfig config) throws StartFailure {
    Path users = config.accounts().usersFile();
    return users != null && AccountFiles.isFirstStart(config)
        ? AccountFiles.make(config, users)
        : List.of();
  }

  /** Passwords of a start that failed were never shown, so their accounts go with it. */
  private static Sbc start(SbcConfig config, List<NewAccount> made, HeadStart head)
      throws StartFailure {
    try {
      return Sbc.start(config, AccountFiles.load(config), head);
    } catch (StartFailure e) {
      if (!made.isEmpty()) {
        AccountFiles.discard(config);
      }
      throw e;
    }
  }

  private static void stayUntilStopped(Sbc sbc, ControlSocket control) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      control.close();
                      sbc.close();
                      LogManager.shutdown();
                      stopped.countDown();
                    }));
    stopped.await();
  }
}
