package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A page in headless Firefox, Debian's own, with a tone for a microphone. */
final class Firefox implements Page {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ChildProcess process;
  private final SoundCard sound;
  private final Marionette marionette;

  private Firefox(ChildProcess process, SoundCard sound, Marionette marionette) {
    this.process = process;
    this.sound = sound;
    this.marionette = marionette;
  }

  /** Starts one with a profile of its own in the directory. */
  static Firefox start(Path directory, Tone tone, Place place) {
    SoundCard sound = SoundCard.start(directory, place);
    int port = FreePorts.one();
    Path profile = profile(directory, preferences(port, tone));
    List<String> command =
        List.of(
            "env",
            "HOME=" + directory,
            "PULSE_SERVER=" + sound.server(),
            "MOZ_CRASHREPORTER_DISABLE=1",
            "firefox-esr",
            "--headless",
            "--no-remote",
            "--marionette",
            "--profile",
            profile.toString());
    ChildProcess process =
        ChildProcess.start(directory, directory.resolve("firefox.log"), place.command(command));
    try {
      return new Firefox(process, sound, session(port, place));
    } catch (RuntimeException | AssertionError e) {
      process.close(GRACE);
      sound.close();
      throw e;
    }
  }

  private static Marionette session(int port, Place place) {
    Marionette marionette =
        Await.until(
                "Firefox",
                START_LIMIT,
                () -> place.within(() -> connect(port)),
                Optional::isPresent)
            .orElseThrow();
    marionette.call("WebDriver:NewSession", Map.of("acceptInsecureCerts", true));
    marionette.call("WebDriver:SetTimeouts", Map.of("script", 60_000));
    return marionette;
  }

  private static Optional<Marionette> connect(int port) {
    try {
      return Optional.of(Marionette.connect(port));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** It may use its microphone, and asks nobody on the Internet for anything. */
  private static Map<String, Object> preferences(int port, Tone tone) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("marionette.port", port);
    all.put("media.navigator.streams.fake", true);
    all.put("media.navigator.audio.fake_frequency", tone.hertz());
    all.put("media.navigator.permission.disabled", true);
    all.put("media.autoplay.default", 0);
    all.put("media.autoplay.blocking_policy", 0);
    all.put("media.peerconnection.ice.obfuscate_host_addresses", false);
    all.put("media.gmp-manager.updateEnabled", false);
    all.put("app.normandy.enabled", false);
    all.put("app.update.enabled", false);
    all.put("browser.safebrowsing.malware.enabled", false);
    all.put("browser.safebrowsing.phishing.enabled", false);
    all.put("browser.shell.checkDefaultBrowser", false);
    all.put("datareporting.policy.dataSubmissionEnabled", false);
    all.put("network.captive-portal-service.enabled", false);
    all.put("network.connectivity-service.enabled", false);
    all.put("services.settings.server", "data:,none");
    return all;
  }

  private static Path profile(Path directory, Map<String, Object> preferences) {
    String text =
        preferences.entrySet().stream()
            .map(each -> "user_pref(\"%s\", %s);".formatted(each.getKey(), literal(each)))
            .collect(Collectors.joining("\n"));
    try {
      Path profile = Files.createDirectories(directory.resolve("profile"));
      Files.writeString(profile.resolve("user.js"), text);
      return profile;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object literal(Map.Entry<String, Object> preference) {
    return preference.getValue() instanceof String text
        ? "\"" + text + "\""
        : preference.getValue();
  }

  @Override
  public void load(String url) {
    marionette.call("WebDriver:Navigate", Map.of("url", url));
  }

  @Override
  public @Nullable Object run(String script, Object... arguments) {
    Map<String, ?> parameters = Map.of("script", script, "args", Arrays.asList(arguments));
    return marionette.call("WebDriver:ExecuteScript", parameters);
  }

  @Override
  public @Nullable Object runAsync(String script) {
    Map<String, ?> parameters = Map.of("script", script, "args", List.of());
    return marionette.call("WebDriver:ExecuteAsyncScript", parameters);
  }

  /** Nothing: what it logs stands in firefox.log. */
  @Override
  public String console() {
    return "";
  }

  @Override
  public void close() {
    marionette.close();
    process.close(GRACE);
    sound.close();
  }
}
