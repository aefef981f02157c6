package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** The program as bin/sbc runs it: ZGC, compact object headers, both compilers, an AOT cache. */
@OnTestBed
final class ShippedProgramTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  @Test
  void carriesACallWithAudioBothWays(TestBed bed) {
    SbcProcess sbc = bed.shippedSbc();
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);

    browser.call("1002");
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
    browser.hangUp();
    phone.awaitEvent("CALL_CLOSED");

    assertThat(ProcessHandle.of(sbc.pid()).orElseThrow().info().arguments().orElseThrow())
        .contains(
            "-XX:+UseZGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:AOTMode=on");
  }
}
