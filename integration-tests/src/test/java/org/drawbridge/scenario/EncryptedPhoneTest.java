package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.BaresipPhone.Answering;
import org.drawbridge.support.BaresipPhone.Encryption;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Phones that want their media protected, each in its own way. */
@OnTestBed
final class EncryptedPhoneTest {

  private static final Tone PHONE = new Tone(440);
  private static final Tone BROWSER = new Tone(1000);

  private static BaresipPhone phone(TestBed bed, Encryption encryption, Answering answering) {
    int port = bed.sbc().ports().sip();
    BaresipPhone phone =
        bed.join(BaresipPhone.encrypting(bed.subdirectory("phone"), PHONE, SbcFiles.DOMAIN));
    phone.register(SbcFiles.account("1002"), port, encryption, answering);
    phone.awaitRegistered();
    return phone;
  }

  @ParameterizedTest
  @EnumSource(Encryption.class)
  void eachHearsTheOtherWhenThePhoneCalls(Encryption encryption, TestBed bed) {
    BaresipPhone phone = phone(bed, encryption, AUTO);
    Browser browser = bed.browser("1001", BROWSER);

    phone.dial("1001");
    browser.awaitEvent("session");
    browser.answer();
    phone.awaitEvent("CALL_ESTABLISHED");

    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
  }

  @ParameterizedTest
  @EnumSource(Encryption.class)
  void eachHearsTheOtherWhenTheBrowserCalls(Encryption encryption, TestBed bed) {
    BaresipPhone phone = phone(bed, encryption, AUTO);
    Browser browser = bed.browser("1001", BROWSER);

    browser.call("1002");
    browser.awaitEvent("confirmed");

    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
  }

  /** What it wants it says when somebody has picked up; from then on it is known. */
  @Test
  void aPhoneThatWantsDtlsRingsOnceFromItsSecondCallOn(TestBed bed) {
    BaresipPhone phone = phone(bed, Encryption.DTLS, MANUAL);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    phone.awaitCount("CALL_INCOMING", 1);
    phone.accept();
    phone.awaitCount("CALL_INCOMING", 2);
    phone.accept();
    browser.awaitEvent("confirmed");
    browser.hangUp();
    browser.awaitEvent("ended");

    browser.call("1002");
    phone.awaitCount("CALL_INCOMING", 3);
    phone.accept();

    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    assertThat(phone.details("CALL_INCOMING")).hasSize(3);
  }
}
