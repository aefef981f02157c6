package org.drawbridge.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.Heard;
import org.drawbridge.support.Listener;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** A browser that goes from one network to another in mid-call. */
@OnTestBed
final class NetworkChangeTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  /** Two seconds, and as many again for a machine that has other things to do. */
  private static final Duration BACK = Duration.ofSeconds(4);

  /** JsSIP waits two seconds before it connects again. */
  private static final Duration RECONNECTS = Duration.ofSeconds(40);

  private static void awaitSoon(Listener listener, Tone tone) {
    Await.until(
        listener + " hears " + tone + " again",
        BACK,
        () -> listener.hears(Duration.ofMillis(200)),
        (Heard heard) -> heard.is(tone));
  }

  @Test
  void audioIsBackWithinTwoSecondsOfTheReInviteOverTheNewNetwork(TestBed bed) {
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

    browser.forget();
    wifi.moveTo(cable);
    browser.awaitEvent("online");
    browser.reconnect();
    browser.awaitEvent("registered", RECONNECTS);
    browser.restartIce();
    awaitSoon(browser, PHONE);
    awaitSoon(phone, BROWSER);

    browser.awaitEvent("renegotiated");
    assertThat(browser.address()).isEqualTo(cable.router().address());
    assertThat(browser.diary().latest("ended")).isEmpty();
    browser.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }
}
