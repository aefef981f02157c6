package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A SIP phone with a camera, whose sound and picture have ports of their own. */
@OnTestBed
final class VideoPhoneTest {

  private static final Tone LOW = new Tone(440);
  private static final Tone HIGH = new Tone(1000);

  private static BaresipPhone phone(TestBed bed) {
    int port = bed.sbc().ports().sip();
    BaresipPhone phone =
        bed.join(BaresipPhone.withCamera(bed.subdirectory("phone-1002"), HIGH, SbcFiles.DOMAIN));
    phone.register(SbcFiles.account("1002"), PhoneTransport.UDP, port, AUTO);
    phone.awaitRegistered();
    return phone;
  }

  @Test
  void aBrowserWithOneTransportAndAPhoneWithTwoSeeAndHearEachOther(TestBed bed) {
    BaresipPhone phone = phone(bed);
    Browser browser = bed.browser("1001", LOW);
    browser.camera(320, 240);
    browser.call("1002");
    browser.awaitEvent("confirmed");

    seeAndHear(browser, phone);
    assertThat(browser.remoteMediaLines())
        .as("one port for both")
        .hasSize(2)
        .extracting(line -> line.split(" ")[1])
        .containsOnly(Integer.toString(bed.sbc().ports().webrtc()));
    JsonNode legs = bed.sbc().ask("calls").data().at("/calls/0/legs");
    assertThat(legs.at("/0/video/codec").asString()).isEqualTo("VP8");
    assertThat(legs.at("/1/video/codec").asString()).isEqualTo("VP8");
    browser.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }

  @Test
  void aPhoneWithACameraCallsABrowser(TestBed bed) {
    BaresipPhone phone = phone(bed);
    Browser browser = bed.browser("1001", LOW);
    browser.camera(320, 240);
    phone.dial("1001");
    browser.awaitEvent("session");
    browser.answer();
    phone.awaitEvent("CALL_ESTABLISHED");

    seeAndHear(browser, phone);
  }

  private static void seeAndHear(Browser browser, BaresipPhone phone) {
    browser.awaitPicture(352, 288);
    phone.awaitPicture(320, 240);
    browser.awaitTone(HIGH);
    phone.awaitTone(LOW);
  }
}
