package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The web phone as the SBC serves it, used as a person uses it. */
@OnTestBed
final class WebPhoneTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Tone TONE = new Tone(440);

  /** It connects anew faster than a test can look. */
  private static final String NOTE_STATUSES =
      """
      const status = document.getElementById('status');
      window.statuses = [];
      new MutationObserver(() => window.statuses.push(status.textContent))
        .observe(status, { childList: true, characterData: true, subtree: true });
      """;

  /** Whether the browser would ask before it leaves the page. */
  private static final String LEAVE =
      "return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))";

  private static final String FITS =
      "const status = document.getElementById('status');"
          + "return status.scrollWidth <= status.clientWidth";

  private static final String NOTE_RESTARTS =
      """
      const create = RTCPeerConnection.prototype.createOffer;
      RTCPeerConnection.prototype.createOffer = function (options) {
        if (options?.iceRestart) window.restarted = this;
        return create.call(this, options);
      };
      """;

  @Test
  void aNewcomerSignsInAndHearsTheEcho(TestBed bed) {
    Browser browser = signedIn(bed, SbcFiles.account("1001").password());
    awaitText(browser, "status", "Registered as 1001");

    browser.driver().findElement(By.id("echo")).click();
    awaitText(browser, "call-state", "In call");
    WebElement level = browser.driver().findElement(By.id("level"));
    Await.until(
        "level of the echo",
        LIMIT,
        () -> level.getDomAttribute("aria-valuenow"), // none before the first measurement
        percent -> percent != null && Integer.parseInt(percent) > 20);

    browser.driver().findElement(By.id("hang-up")).click();
    Await.until(
        "dial pad", LIMIT, () -> browser.driver().findElement(By.id("dialer")).isDisplayed());
    assertThat(browser.driver().findElement(By.id("history")).getText()).contains("echo");
  }

  @Test
  void itSaysInWordsWhyACallFailed(TestBed bed) {
    Browser browser = signedIn(bed, SbcFiles.account("1001").password());
    awaitText(browser, "status", "Registered as 1001");

    browser.driver().findElement(By.id("number")).sendKeys("4711", Keys.ENTER);

    awaitText(browser, "notice-title", "Unknown number");
  }

  @Test
  void itSaysInWordsWhyNobodyCanSignInLikeThis(TestBed bed) {
    Browser browser = signedIn(bed, "wrong");

    awaitText(browser, "status", "Not registered");
    assertThat(browser.driver().findElement(By.id("notice-title")).getText())
        .isIn("Sign-in refused", "Wrong account or password");
  }

  @Test
  void aCallGoesOnWhenTheComputerChangesNetworks(TestBed bed) {
    Browser browser = signedIn(bed, SbcFiles.account("1001").password());
    awaitText(browser, "status", "Registered as 1001");
    browser.driver().executeScript(NOTE_RESTARTS);
    browser.driver().executeScript(NOTE_STATUSES);
    browser.driver().findElement(By.id("echo")).click();
    awaitText(browser, "call-state", "In call");

    browser.driver().executeScript("window.dispatchEvent(new Event('online'))");
    Await.until(
        "a new connection and registration",
        LIMIT,
        () -> String.valueOf(browser.driver().executeScript("return window.statuses.join('|')")),
        seen -> seen.matches(".+[|]Registered as 1001"));
    Await.until(
        "ICE began anew and has ended",
        LIMIT,
        () -> browser.driver().executeScript("return window.restarted?.signalingState"),
        "stable"::equals);
    awaitText(browser, "call-state", "In call");
    browser.driver().findElement(By.id("hang-up")).click();
  }

  @Test
  void whoIsShownByANameIsCalledBackByTheNumber(TestBed bed) {
    Browser browser = signedIn(bed, SbcFiles.account("1001").password());
    awaitText(browser, "status", "Registered as 1001");
    Browser caller = bed.browser("1003", new Tone(1000));
    caller.driver().executeScript("client.call('1001', { fromDisplayName: 'Front desk' })");
    awaitText(browser, "peer", "Front desk");
    awaitText(browser, "peer-number", "1003");
    browser.driver().findElement(By.id("decline")).click();
    caller.awaitEvent("failed");
    caller.forget();

    browser.driver().findElement(By.cssSelector("#history button")).click();

    awaitText(browser, "peer", "1003");
    caller.awaitEvent("session");
    browser.driver().findElement(By.id("hang-up")).click();
  }

  @Test
  void aReloadThatWouldHangUpIsAskedAbout(TestBed bed) {
    Browser browser = signedIn(bed, SbcFiles.account("1001").password());
    awaitText(browser, "status", "Registered as 1001");
    assertThat(browser.driver().executeScript(LEAVE)).as("without a call").isEqualTo(false);
    browser.driver().findElement(By.id("echo")).click();
    awaitText(browser, "call-state", "In call");
    assertThat(browser.driver().executeScript(LEAVE)).isEqualTo(true);
    browser.driver().findElement(By.id("hang-up")).click();
  }

  @Test
  void aZeroThatIsHeldDownIsAPlus(TestBed bed) {
    Browser browser = signedIn(bed, SbcFiles.account("1001").password());
    awaitText(browser, "status", "Registered as 1001");
    assertThat(browser.driver().executeScript(FITS)).as("who one is can be read").isEqualTo(true);
    WebElement zero =
        browser.driver().findElement(By.cssSelector("#dialer .keys [aria-label='0']"));
    new Actions(browser.driver())
        .clickAndHold(zero)
        .pause(Duration.ofMillis(800))
        .release()
        .perform();
    zero.click();
    assertThat(value(browser.driver().findElement(By.id("number")))).isEqualTo("+0");
  }

  @Test
  void aPageThatIsLeftHangsUp(TestBed bed) {
    Browser browser = signedIn(bed, SbcFiles.account("1001").password());
    awaitText(browser, "status", "Registered as 1001");
    Browser other = bed.browser("1003", TONE);
    browser.driver().findElement(By.id("number")).sendKeys("1003", Keys.ENTER);
    other.awaitEvent("session");
    other.answer();
    awaitText(browser, "call-state", "In call");

    browser.driver().get("about:blank");

    other.awaitEvent("ended");
    assertThat(bed.sbc().log())
        .contains("by=caller")
        .doesNotContain("WebSocket closed by the peer");
  }

  @Test
  void whoIsTurnedAwayForAWhileSignsInByItself(TestBed bed) {
    Browser other = bed.browser("1003", TONE);
    other.call("echo");
    other.awaitEvent("confirmed");
    bed.sbc().ask("drain", "--registrations", "--within", "10m");
    Browser browser = signedIn(bed, SbcFiles.account("1001").password());
    awaitText(browser, "notice-title", "Service not available");
    awaitText(browser, "status", "Connecting…");

    bed.sbc().ask("drain", "--undo");

    awaitText(browser, "status", "Registered as 1001");
  }

  private static Browser signedIn(TestBed bed, String password) {
    String page = bed.sbc().ports().webUrl() + "#user=1001";
    Browser browser = bed.visitor("web", TONE);
    browser.driver().get(page);
    WebElement domain = browser.driver().findElement(By.name("domain"));
    Await.until("the domain the SBC names", LIMIT, () -> SbcFiles.DOMAIN.equals(value(domain)));
    browser.driver().findElement(By.name("password")).sendKeys(password, Keys.ENTER);
    return browser;
  }

  private static String value(WebElement input) {
    return String.valueOf(input.getDomProperty("value"));
  }

  private static void awaitText(Browser browser, String id, String text) {
    Await.until(id, LIMIT, () -> browser.driver().findElement(By.id(id)).getText(), text::equals);
  }
}
