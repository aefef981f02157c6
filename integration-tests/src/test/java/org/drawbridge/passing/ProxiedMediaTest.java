package org.drawbridge.passing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** A browser and a phone hear each other through a route that passes their call on. */
@OnTestBed
final class ProxiedMediaTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  private static final String PASSING =
      """
      - name: passing
        when: { to-domain: local, to: "100." }
        to: { registrar: true }
        mode: proxy
      """;

  @Test
  void aBrowserCallsAPhoneWhichHoldsAndResumes(TestBed bed) {
    bed.sbc("", PASSING);
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);

    phone.hold();
    browser.awaitEvent("hold");
    phone.resume();
    browser.awaitEvent("unhold");
    browser.awaitTone(PHONE);

    phone.hangUp();
    assertThat(browser.awaitEvent("ended").fact("originator")).isEqualTo("remote");
  }

  @Test
  void aPhoneCallsABrowser(TestBed bed) {
    bed.sbc("", PASSING);
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, MANUAL);
    Browser browser = bed.browser("1001", BROWSER);
    phone.dial("1001");
    browser.awaitEvent("session");
    browser.answer();
    phone.awaitEvent("CALL_ESTABLISHED");

    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    browser.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }
}
