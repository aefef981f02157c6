package org.drawbridge.scenario;

import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** Hold and resume by re-INVITE, from either side. */
@OnTestBed
final class HoldTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  @Test
  void theBrowserHoldsAndResumes(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = call(bed, phone);

    browser.hold();
    browser.awaitEvent("hold");
    phone.awaitSilence();
    browser.awaitSilence();

    browser.resume();
    browser.awaitEvent("unhold");
    phone.awaitAudioPackets();
    browser.awaitTone(PHONE);
  }

  @Test
  void thePhoneHoldsAndResumes(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = call(bed, phone);

    phone.hold();
    browser.awaitEvent("hold");
    phone.awaitSilence();
    browser.awaitSilence();

    phone.resume();
    browser.awaitEvent("unhold");
    phone.awaitAudioPackets();
    browser.awaitTone(PHONE);
  }

  @Test
  void aBrowserHoldsAnotherBrowserAndResumes(TestBed bed) {
    Browser caller = bed.browser("1001", BROWSER);
    Browser callee = bed.browser("1002", PHONE);
    caller.call("1002");
    callee.awaitEvent("session");
    callee.answer();
    caller.awaitTone(PHONE);
    callee.awaitTone(BROWSER);

    caller.hold();
    callee.awaitEvent("hold");
    callee.awaitSilence();
    caller.awaitSilence();

    caller.resume();
    callee.awaitEvent("unhold");
    callee.awaitTone(BROWSER);
    caller.awaitTone(PHONE);
  }

  private static Browser call(TestBed bed, BaresipPhone phone) {
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    return browser;
  }
}
