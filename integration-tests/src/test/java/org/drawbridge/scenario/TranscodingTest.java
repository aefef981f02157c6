package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.BaresipPhone.Answering;
import org.drawbridge.support.Browser;
import org.drawbridge.support.Capture;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.RemoteReports;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** Parties that share no codec talk all the same, and press keys. */
@OnTestBed
final class TranscodingTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  private static BaresipPhone phone(TestBed bed, String codecs, Answering answering) {
    BaresipPhone phone = bed.newPhone("1002", PHONE);
    phone.register(SbcFiles.account("1002"), bed.sbc().ports().sip(), codecs, answering);
    phone.awaitRegistered();
    return phone;
  }

  private static Browser browser(TestBed bed) {
    Browser browser = bed.browser("1001", BROWSER);
    browser.speakOnly("opus");
    return browser;
  }

  private static String metrics(TestBed bed) {
    return bed.sbc().ask("metrics").text();
  }

  @Test
  void aPhoneWithG722AloneCallsABrowserWithOpusAlone(TestBed bed) {
    BaresipPhone phone = phone(bed, "G722/16000/1", MANUAL);
    Browser browser = browser(bed);
    phone.dial("1001");
    browser.awaitEvent("session");
    browser.answer();

    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);

    assertThat(browser.inbound().codec()).isEqualTo("audio/opus");
    assertThat(metrics(bed)).contains("drawbridge_transcoded_calls 1");
    browser.sendDtmf("42#");
    phone.awaitCount("CALL_DTMF_START", 3);
    assertThat(phone.details("CALL_DTMF_START")).containsExactly("4", "2", "#");
    phone.awaitTone(BROWSER);
    browser.hangUp();
  }

  @Test
  void aBrowserWithOpusAloneCallsAPhoneWithG711Alone(TestBed bed) {
    BaresipPhone phone = phone(bed, "PCMA/8000/1", AUTO);
    Browser browser = browser(bed);
    Capture capture = bed.join(Capture.start(bed.subdirectory("capture"), bed.sbc().ports()));
    browser.call("1002");

    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);

    assertThat(browser.inbound().codec()).isEqualTo("audio/opus");
    RemoteReports reports = browser.awaitReports();
    assertThat(reports.roundTripSeconds()).isBetween(0.0, 1.0);
    assertThat(reports.packetsSent()).isBetween(1L, browser.inbound().packets());
    assertThat(Instant.ofEpochMilli(reports.wallClockMillis()))
        .as("the time of day")
        .isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
    browser.hangUp();
    phone.awaitEvent("CALL_CLOSED");

    capture.stop();
    assertThat(capture.read("rtcp.pt == 200 && rtcp.timestamp.rtp && !srtcp")).isNotEmpty();
    assertThat(capture.complaints()).isEmpty();
  }
}
