package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.Capture;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** A reader of others, tshark, takes all we send without a complaint. */
@OnTestBed
final class WireFormatTest {

  private static final Tone CALLER = new Tone(1000);

  /** Chromium and baresip send a report every five seconds at most. */
  private static final Duration REPORTS = Duration.ofSeconds(8);

  @Test
  void ofACallBetweenBrowserAndPhone(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", new Tone(440), PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", CALLER);
    Capture capture = bed.join(Capture.start(bed.subdirectory("capture"), bed.sbc().ports()));

    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(CALLER);
    browser.sendDtmf("12");
    phone.awaitCount("CALL_DTMF_START", 2);
    Await.pause(REPORTS);
    browser.hangUp();
    phone.awaitEvent("CALL_CLOSED");

    capture.stop();
    for (String part : new String[] {"sip", "sdp", "stun", "dtls", "rtp", "rtcp", "rtpevent"}) {
      assertThat(capture.read(part)).as(part).isNotEmpty();
    }
    assertThat(capture.complaints()).isEmpty();
  }

  @Test
  void ofACallBetweenPhonesOverTcp(TestBed bed) {
    BaresipPhone callee = bed.phone("1004", new Tone(440), PhoneTransport.TCP, AUTO);
    BaresipPhone caller = bed.phone("1002", CALLER, PhoneTransport.TCP, AUTO);
    Capture capture = bed.join(Capture.start(bed.subdirectory("capture"), bed.sbc().ports()));

    caller.dial("1004");
    callee.awaitTone(CALLER);
    caller.hangUp();
    callee.awaitEvent("CALL_CLOSED");

    capture.stop();
    assertThat(capture.read("tcp && sip")).isNotEmpty();
    assertThat(capture.complaints()).isEmpty();
  }
}
