package org.drawbridge.scenario;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A browser (WSS, DTLS-SRTP) and a desk phone (G.711 over RTP) talk to each other. */
@OnTestBed
final class BrowserAndPhoneTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  @ParameterizedTest
  @EnumSource(PhoneTransport.class)
  void eachHearsTheOtherWhenTheBrowserCalls(PhoneTransport via, TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, via, MANUAL);
    Browser browser = bed.browser("1001", BROWSER);

    browser.call("1002");
    phone.awaitEvent("CALL_INCOMING");
    assertThat(browser.awaitEvent("progress").fact("originator")).isEqualTo("remote");
    phone.accept();
    browser.awaitEvent("confirmed");

    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    assertThat(browser.inbound().codec()).isIn("audio/PCMU", "audio/PCMA");
  }

  @ParameterizedTest
  @EnumSource(PhoneTransport.class)
  void eachHearsTheOtherWhenThePhoneCalls(PhoneTransport via, TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, via, MANUAL);
    Browser browser = bed.browser("1001", BROWSER);

    phone.dial("1001");
    assertThat(browser.awaitEvent("session").fact("from")).isEqualTo("sip:1002@sbc.test");
    phone.awaitEvent("CALL_RINGING");
    browser.answer();
    phone.awaitEvent("CALL_ESTABLISHED");

    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
  }

  @Test
  void thePhoneHangsUp(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitEvent("confirmed");

    phone.hangUp();

    assertThat(browser.awaitEvent("ended").fact("originator")).isEqualTo("remote");
  }

  @Test
  void theBrowserHangsUp(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitEvent("confirmed");

    browser.hangUp();

    phone.awaitEvent("CALL_CLOSED");
  }

  @Test
  void thePhoneLearnsWhichKeysArePressedInTheBrowser(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);

    browser.sendDtmf("42#");

    phone.awaitCount("CALL_DTMF_START", 3);
    assertThat(phone.details("CALL_DTMF_START")).containsExactly("4", "2", "#");
  }

  @Test
  void reloadingThePageEndsTheCallOfThePhone(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);

    browser.reload();

    phone.awaitEvent("CALL_CLOSED");
  }
}
