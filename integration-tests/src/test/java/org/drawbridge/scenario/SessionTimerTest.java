package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A call that lasts (RFC 4028). It waits nearly all the time, so others run meanwhile. */
@OnTestBed
@Execution(ExecutionMode.CONCURRENT)
final class SessionTimerTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  @Test
  void aCallOutlivesTheSessionTimerOfTheBrowser(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitEvent("confirmed");
    browser.awaitTone(PHONE);
    phone.awaitTone(BROWSER);

    Await.pause(Duration.ofSeconds(105));

    assertThat(browser.diary().latest("ended")).isEmpty();
    assertThat(phone.has("CALL_CLOSED")).isFalse();
    browser.awaitTone(PHONE);
    phone.awaitTone(BROWSER);
  }
}
