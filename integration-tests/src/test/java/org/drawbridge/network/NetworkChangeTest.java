package org.drawbridge.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** A browser that goes from one network to another in mid-call. */
@OnTestBed
final class NetworkChangeTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  /**
   * Audio is back so long after the browser's media has got an address in the new network. Chromium
   * tells its page of the network at once, but its media only by the next look at the list of
   * interfaces, 1.3 to 3.4 s later. WebSocket, registration and re-INVITE are mostly done by then;
   * where they are not, audio does not wait for them. Counted up to a tone that is heard: a twelfth
   * of a second of it at the browser, a tenth at the phone.
   */
  private static final long BACK_MILLIS = 2_000;

  private static final Duration LONGEST = Duration.ofSeconds(40);

  /** When the phone hears a tone again that it does not hear now, in ms since 1970. */
  private static long heardAgain(BaresipPhone phone, Tone tone) {
    Await.until(
        phone + " hears " + tone + " again",
        LONGEST,
        () -> phone.hears(Duration.ofMillis(100)),
        heard -> heard.is(tone));
    return System.currentTimeMillis();
  }

  /** When its media could use an address, in ms since 1970. */
  private static long firstCandidate(Browser browser, String address) {
    return browser.diary().entries().stream()
        .filter(entry -> entry.name().equals("candidate"))
        .filter(entry -> entry.fact("address").equals(address))
        .findFirst()
        .orElseThrow()
        .millis();
  }

  @Test
  void audioIsBackTwoSecondsAfterTheBrowserIsOnTheNewNetwork(TestBed bed) {
    Network network = bed.join(Network.make());
    Parties parties = new Parties(bed, network);
    BaresipPhone phone = parties.phone("1002", PHONE, network.site("shop").host());
    Site wifi = network.site("home");
    Site cable = network.secondUplink(wifi, "cable");
    Browser browser = parties.browser("1001", BROWSER, wifi.host());
    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    assertThat(browser.address()).isEqualTo(wifi.router().address());

    browser.followNetworks();
    browser.forget();
    wifi.moveTo(cable);
    browser.awaitEvent("online");
    browser.listenFor(PHONE);
    long heardByPhone = heardAgain(phone, BROWSER);
    long heardByBrowser = browser.awaitEvent("heard").millis();
    browser.awaitEvent("renegotiated");

    long there = firstCandidate(browser, cable.host().address());
    assertThat(heardByPhone - there).as("%s", browser.diary()).isLessThan(BACK_MILLIS);
    assertThat(heardByBrowser - there).as("%s", browser.diary()).isLessThan(BACK_MILLIS);
    assertThat(browser.address()).isEqualTo(cable.router().address());
    assertThat(browser.diary().latest("ended")).isEmpty();
    browser.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }

  /** One restarts ICE from there; the other, which notices nothing, sees it move again. */
  @Test
  void picturesGoOnBothWaysOnTheNewNetwork(TestBed bed) {
    Network network = bed.join(Network.make());
    Parties parties = new Parties(bed, network);
    Site wifi = network.site("home");
    Site cable = network.secondUplink(wifi, "cable");
    Browser caller = parties.browser("1001", BROWSER, wifi.host());
    Browser callee = parties.browser("1002", PHONE, network.site("shop").host());
    caller.camera(320, 240);
    callee.camera(320, 240);
    caller.call("1002");
    callee.awaitEvent("session");
    callee.answer();
    callee.awaitPicture(320, 240);
    caller.awaitPicture(320, 240);

    caller.followNetworks();
    caller.forget();
    wifi.moveTo(cable);
    caller.awaitEvent("renegotiated");
    callee.awaitPicture(320, 240);
    caller.awaitPicture(320, 240);
    callee.awaitTone(BROWSER);
    caller.awaitTone(PHONE);
    assertThat(caller.address()).isEqualTo(cable.router().address());
    caller.hangUp();
    callee.awaitEvent("ended");
  }
}
