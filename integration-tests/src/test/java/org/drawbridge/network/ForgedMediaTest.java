package org.drawbridge.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.BaresipPhone.Answering;
import org.drawbridge.support.Browser;
import org.drawbridge.support.Listener;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcPorts;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** Who sprays forged audio at our ports is neither heard nor does he hear anything. */
@OnTestBed
final class ForgedMediaTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);
  private static final Duration WINDOW = Duration.ofMillis(1000);
  private static final Pattern REFUSED =
      Pattern.compile("drawbridge_media_refused_packets_total\\{reason=\"source\"} (\\d+)");

  private static long refused(SbcProcess sbc) {
    Matcher matcher = REFUSED.matcher(sbc.ask("metrics").text());
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /** A busy machine may tear a hole into one window; forged audio would be in all of them. */
  private static void assertSteady(Listener listener, Tone tone) {
    Await.until(
        listener + " hears " + tone + " under the flood",
        Duration.ofSeconds(5),
        () -> listener.hears(WINDOW),
        heard -> heard.is(tone));
  }

  @Test
  void aFloodInACallChangesNothingAndIsCounted(TestBed bed) throws Exception {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, Answering.AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);

    SbcPorts ports = bed.sbc().ports();
    try (RtpFlood phonePorts = RtpFlood.start(ports.rtp(), SbcPorts.RTP_PORTS);
        RtpFlood browserPort = RtpFlood.start(ports.webrtc(), 1)) {
      for (int i = 0; i < 2; i++) {
        assertSteady(phone, BROWSER);
        assertSteady(browser, PHONE);
      }
      assertThat(phonePorts.received()).as("bled to the forger").isZero();
      assertThat(browserPort.received()).as("bled to the forger").isZero();
      long least = phonePorts.sent() / SbcPorts.RTP_PORTS;
      assertThat(least).isGreaterThan(200);
      Await.until(
          "the flood is counted", Duration.ofSeconds(40), () -> refused(bed.sbc()), n -> n > least);
    }
    assertThat(bed.sbc().log())
        .containsPattern("refusing media from /127\\.0\\.0\\.66:\\d+ \\(another source\\)");
  }

  @Test
  void aFloodThatIsThereBeforeTheCallKeepsNothing(TestBed bed) throws Exception {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, Answering.AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    SbcPorts ports = bed.sbc().ports();
    try (RtpFlood phonePorts = RtpFlood.start(ports.rtp(), SbcPorts.RTP_PORTS)) {
      browser.call("1002");
      browser.awaitEvent("confirmed");
      phone.awaitTone(BROWSER);
      browser.awaitTone(PHONE);
      long bled = phonePorts.received();
      assertSteady(browser, PHONE);
      assertSteady(phone, BROWSER);
      assertThat(phonePorts.received()).as("nothing more bleeds").isEqualTo(bled);
    }
  }
}
