package org.drawbridge.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Starts headless Chromium, Debian's own with its own driver, with a tone for a microphone. */
final class Chromium {

  private static final int TONE_SECONDS = 10;
  private static final int SAMPLE_RATE = 48_000;
  private static final File BINARY = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");

  /** Held so that it is not collected: the driver warns of each Chromium newer than itself. */
  private static final Logger QUIET = Logger.getLogger("org.openqa.selenium");

  static {
    QUIET.setLevel(Level.SEVERE);
  }

  private Chromium() {}

  /** A browser with a profile of its own in the directory. */
  static ChromeDriver start(Path directory, ChromeOptions options, Place place) {
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER)
            .usingAnyFreePort()
            .withLogFile(directory.resolve("chromedriver.log").toFile())
            .build();
    if (place != Place.LOOPBACK) {
      options.setBinary(launcher(directory, place));
      options.addArguments("--remote-debugging-pipe");
    }
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    return driver;
  }

  /** The driver stays here and speaks to the browser by a pipe, which needs no network. */
  private static File launcher(Path directory, Place place) {
    String command = String.join(" ", place.command(List.of(BINARY.getPath())));
    Path script = directory.resolve("chromium.sh");
    try {
      Files.writeString(script, "#!/bin/sh\nexec " + command + " \"$@\"\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return script.toFile();
  }

  /** Options of a browser that may use the microphone and tells its addresses. */
  static ChromeOptions options(Path directory, Tone tone) {
    return hidingOptions(directory, tone)
        .addArguments(
            "--use-fake-ui-for-media-stream", "--disable-features=WebRtcHideLocalIpsWithMdns");
  }

  /** Options of one that may not, and hides them behind names of mDNS. */
  static ChromeOptions hidingOptions(Path directory, Tone tone) {
    Path microphone = tone.write(directory, SAMPLE_RATE, TONE_SECONDS);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BINARY);
    options.setAcceptInsecureCerts(true);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-sync",
        "--disable-component-update",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--ignore-certificate-errors",
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-device-for-media-stream",
        "--use-file-for-fake-audio-capture=" + microphone,
        "--allow-loopback-in-peer-connection",
        "--user-data-dir=" + directory.resolve("profile"));
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
    return options;
  }
}
