package org.drawbridge.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.BaresipPhone.Answering;
import org.drawbridge.support.Browser;
import org.drawbridge.support.Diary;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** Who does the handshake under another certificate than described gets no media, and hears why. */
@OnTestBed
final class WrongCertificateTest {

  private static final String WHY =
      "the DTLS certificate does not have the fingerprint of the description";

  @Test
  void theCallEndsOnBothSidesWithTheReason(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", new Tone(1000), PhoneTransport.UDP, Answering.AUTO);
    Browser browser = bed.browser("1001", new Tone(440));
    browser.lieAboutTheCertificate();

    browser.call("1002");
    browser.awaitEvent("confirmed");

    Diary.Entry ended = browser.awaitEvent("ended");
    assertThat(ended.fact("originator")).isEqualTo("remote");
    assertThat(ended.fact("reason")).contains(WHY);
    phone.awaitEvent("CALL_CLOSED");
    assertThat(bed.sbc().log()).contains(WHY);
    assertThat(bed.sbc().ask("metrics").text())
        .contains("drawbridge_media_events_total{event=\"dtls_failed\"} 1");
  }
}
