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
import tools.jackson.databind.JsonNode;

/** Those who run it see how real calls sound, by what browser and phone report in RTCP. */
@OnTestBed
final class CallQualityTest {

  private static final Tone PHONE = new Tone(440);
  private static final Tone BROWSER = new Tone(1000);

  @Test
  void bothSidesOfACallAreShownWithLossJitterRoundTripAndScore(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);

    JsonNode legs =
        Await.until(
            "reports of both peers",
            Duration.ofSeconds(60),
            () -> bed.sbc().ask("calls").data().path("calls").path(0).path("legs"),
            found -> found.path(0).has("sent") && found.path(1).has("sent"));

    for (JsonNode leg : legs) {
      assertThat(leg.path("codec").asString()).isIn("PCMU", "PCMA");
      assertThat(leg.path("received").path("packets").asInt()).isGreaterThan(50);
      assertThat(leg.path("received").path("mos").asDouble()).isBetween(3.0, 4.5);
      assertThat(leg.path("sent").path("mos").asDouble()).isBetween(3.0, 4.5);
    }
    assertThat(bed.sbc().ask("calls").text()).contains("from 1001@", "MOS");

    browser.hangUp();
    phone.awaitEvent("CALL_CLOSED");
    Await.until(
        "the end in the log",
        Duration.ofSeconds(40),
        () -> bed.sbc().log(),
        log -> log.contains("mos:") && log.contains("call.ended"));
  }
}
