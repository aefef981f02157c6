package org.drawbridge.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** A browser and a phone, each behind a NAT that masquerades and lets nobody in. */
@OnTestBed
final class NatTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  @Test
  void eachHearsTheOther(TestBed bed) {
    Network network = bed.join(Network.make());
    Parties parties = new Parties(bed, network);
    BaresipPhone phone = parties.phone("1002", PHONE, network.site("shop").host());
    Browser browser = parties.browser("1001", BROWSER, network.site("home").host());

    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    assertThat(browser.path()).isEqualTo("udp");
  }

  @Test
  void aBrowserWithoutUdpIsCarriedOverTcp(TestBed bed) {
    Network network = bed.join(Network.make());
    Parties parties = new Parties(bed, network);
    BaresipPhone phone = parties.phone("1002", PHONE, network.site("shop").host());
    Site office = network.site("office");
    office.blockUdp();
    Browser browser = parties.browser("1001", BROWSER, office.host());

    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    assertThat(browser.path()).isEqualTo("tcp");
  }
}
