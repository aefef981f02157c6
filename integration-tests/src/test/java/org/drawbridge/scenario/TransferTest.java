package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** A browser connects the party it talks to with somebody else. */
@OnTestBed
final class TransferTest {

  private static final Tone FIRST = new Tone(440);
  private static final Tone SECOND = new Tone(1000);
  private static final Tone THIRD = new Tone(1700);

  @Test
  void aBrowserSendsAPhoneToAnotherBrowser(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", SECOND, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", FIRST);
    Browser target = bed.browser("1003", THIRD);
    browser.call("1002");
    browser.awaitTone(SECOND);

    browser.refer("sip:1003@sbc.test");
    target.awaitEvent("session");
    browser.awaitEvent("refer-progress");
    target.answer();
    browser.awaitEvent("refer-accepted");

    assertThat(browser.awaitEvent("ended").fact("originator")).isEqualTo("remote");
    assertThat(target.awaitEvent("session").fact("from")).isEqualTo("sip:1002@sbc.test");
    target.awaitTone(SECOND);
    phone.awaitTone(THIRD);
  }

  @Test
  void aTargetThatDoesNotWantToLeavesThePartiesToEachOther(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", SECOND, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", FIRST);
    Browser target = bed.browser("1003", THIRD);
    browser.call("1002");
    browser.awaitTone(SECOND);

    browser.refer("sip:1003@sbc.test");
    target.awaitEvent("session");
    target.reject(486);

    assertThat(browser.awaitEvent("refer-failed").fact("status")).isEqualTo("486");
    browser.awaitTone(SECOND);
    phone.awaitTone(FIRST);
  }

  @Test
  void aBrowserConnectsTwoBrowsersAfterAskingTheSecond(TestBed bed) {
    Browser caller = bed.browser("1001", FIRST);
    Browser middle = bed.browser("1003", SECOND);
    Browser target = bed.browser("1004", THIRD);
    caller.call("1003");
    middle.awaitEvent("session");
    middle.answer();
    caller.awaitTone(SECOND);
    middle.hold();
    caller.awaitEvent("hold");
    middle.call("1004");
    target.awaitEvent("session");
    target.answer();
    target.awaitTone(SECOND);

    middle.referToLatest("sip:1004@sbc.test");
    middle.awaitEvent("refer-accepted");

    caller.awaitTone(THIRD);
    target.awaitTone(FIRST);
    assertThat(caller.inbound().codec()).isEqualTo("audio/opus");
    assertThat(middle.diary().count("ended")).isEqualTo(2);
  }
}
