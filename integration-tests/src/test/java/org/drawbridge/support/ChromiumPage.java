package org.drawbridge.support;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** A page in Chromium. */
record ChromiumPage(ChromeDriver driver) implements Page {

  @Override
  public void load(String url) {
    driver.get(url);
  }

  @Override
  public @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  @Override
  public @Nullable Object runAsync(String script) {
    return driver.executeAsyncScript(script);
  }

  @Override
  public String console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
