package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.Diary;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are never answered, and what both sides are told. */
@OnTestBed
final class FailedCallTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  @Test
  void anUnknownNumberIsNotFound(TestBed bed) {
    Browser browser = bed.browser("1001", BROWSER);

    browser.call("4711");

    assertThat(browser.awaitEvent("failed").fact("status")).isEqualTo("404");
  }

  @Test
  void somebodyWhoIsNotRegisteredIsUnavailable(TestBed bed) {
    Browser browser = bed.browser("1001", BROWSER);

    browser.call("1003");

    assertThat(browser.awaitEvent("failed").fact("status")).isEqualTo("480");
  }

  @Test
  void aBusyPhoneSaysSoToTheBrowser(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, MANUAL);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    phone.awaitEvent("CALL_INCOMING");

    phone.hangUp();

    Diary.Entry failed = browser.awaitEvent("failed");
    assertThat(failed.fact("status")).isEqualTo("486");
    assertThat(failed.fact("cause")).isEqualTo("Busy");
  }

  @ParameterizedTest
  @ValueSource(ints = {480, 486, 603})
  void thePhoneLearnsHowTheBrowserRefused(int status, TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, MANUAL);
    Browser browser = bed.browser("1001", BROWSER);
    phone.dial("1001");
    browser.awaitEvent("session");

    browser.reject(status);

    assertThat(phone.awaitEvent("CALL_CLOSED")).startsWith(Integer.toString(status));
  }

  @Test
  void theBrowserGivesUpBeforeThePhoneAnswers(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, MANUAL);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    phone.awaitEvent("CALL_INCOMING");
    browser.awaitEvent("progress");

    browser.hangUp();

    phone.awaitEvent("CALL_CLOSED");
    assertThat(browser.awaitEvent("failed").fact("cause")).isEqualTo("Canceled");
  }

  @Test
  void thePhoneGivesUpBeforeTheBrowserAnswers(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, MANUAL);
    Browser browser = bed.browser("1001", BROWSER);
    phone.dial("1001");
    browser.awaitEvent("session");
    phone.awaitEvent("CALL_RINGING");

    phone.hangUp();

    Diary.Entry failed = browser.awaitEvent("failed");
    assertThat(failed.fact("originator")).isEqualTo("remote");
    assertThat(failed.fact("cause")).isEqualTo("Canceled");
  }

  @Test
  void whoeverAnswersFirstSilencesTheOtherDevice(TestBed bed) {
    BaresipPhone desk = bed.phone("1002", PHONE, PhoneTransport.UDP, MANUAL);
    Browser laptop = bed.browser("1002", PHONE);
    Browser caller = bed.browser("1001", BROWSER);
    caller.call("1002");
    laptop.awaitEvent("session");
    desk.awaitEvent("CALL_INCOMING");

    desk.accept();

    caller.awaitEvent("confirmed");
    assertThat(laptop.awaitEvent("failed").fact("cause")).isEqualTo("Canceled");
    desk.awaitTone(BROWSER);
    caller.awaitTone(PHONE);
  }
}
