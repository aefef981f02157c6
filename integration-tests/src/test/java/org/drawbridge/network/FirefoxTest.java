package org.drawbridge.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Firefox behind a NAT: its ICE, DTLS, SRTP and codecs share next to nothing with Chromium's. */
@OnTestBed
final class FirefoxTest {

  private static final Tone FIREFOX = new Tone(440);
  private static final Tone OTHER = new Tone(1000);

  private Network network;
  private Parties parties;
  private Site home;
  private Site shop;

  @BeforeEach
  void connectTheSites(TestBed bed) {
    network = bed.join(Network.make());
    parties = new Parties(bed, network);
    home = network.site("home");
    shop = network.site("shop");
  }

  private Browser firefox() {
    return parties.firefox("1001", FIREFOX, home.host());
  }

  private BaresipPhone phone() {
    return parties.phone("1002", OTHER, shop.host());
  }

  private static void assertBothHear(Browser firefox, BaresipPhone phone) {
    phone.awaitTone(FIREFOX);
    firefox.awaitTone(OTHER);
  }

  @Test
  void itCallsAPhone() {
    BaresipPhone phone = phone();
    Browser firefox = firefox();

    firefox.call("1002");
    firefox.awaitEvent("confirmed");

    assertBothHear(firefox, phone);
    assertThat(firefox.inbound().codec()).isIn("audio/PCMU", "audio/PCMA");

    firefox.sendDtmf("42#");
    phone.awaitCount("CALL_DTMF_START", 3);
    assertThat(phone.details("CALL_DTMF_START")).containsExactly("4", "2", "#");

    phone.hangUp();
    assertThat(firefox.awaitEvent("ended").fact("originator")).isEqualTo("remote");
  }

  @Test
  void aPhoneCallsIt() {
    BaresipPhone phone = phone();
    Browser firefox = firefox();

    phone.dial("1001");
    firefox.awaitEvent("session");
    firefox.answer();
    phone.awaitEvent("CALL_ESTABLISHED");
    assertBothHear(firefox, phone);

    firefox.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }

  @Test
  void withoutUdpItIsCarriedOverTcp() {
    home.blockUdp();
    BaresipPhone phone = phone();
    Browser firefox = firefox();

    firefox.call("1002");
    firefox.awaitEvent("confirmed");

    assertBothHear(firefox, phone);
  }

  @Test
  void itAndChromiumSeeAndHearEachOther() {
    Browser chromium = parties.browser("1002", OTHER, shop.host());
    Browser firefox = firefox();
    firefox.camera(640, 480);
    chromium.camera(320, 240);
    firefox.talkTo("1002", chromium);
    assertBothSeeAndHear(firefox, chromium);

    firefox.hold();
    chromium.awaitEvent("hold");
    chromium.awaitSilence();
    firefox.resume();
    chromium.awaitEvent("unhold");
    assertBothSeeAndHear(firefox, chromium);

    firefox.restartIce();
    firefox.awaitEvent("renegotiated");
    assertBothSeeAndHear(firefox, chromium);
  }

  private static void assertBothSeeAndHear(Browser firefox, Browser chromium) {
    firefox.awaitPicture(320, 240);
    chromium.awaitPicture(640, 480);
    chromium.awaitTone(FIREFOX);
    firefox.awaitTone(OTHER);
  }
}
