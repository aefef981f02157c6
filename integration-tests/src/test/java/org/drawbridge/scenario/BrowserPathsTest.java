package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.Heard;
import org.drawbridge.support.Listener;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** Browsers whose media take another path than usual. */
@OnTestBed
final class BrowserPathsTest {

  private static final Tone BROWSER = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  /** Two seconds, and as many again for a machine that has other things to do. */
  private static final Duration BACK = Duration.ofSeconds(4);

  private static void talk(Browser browser, BaresipPhone phone) {
    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(BROWSER);
    browser.awaitTone(PHONE);
  }

  private static void awaitSoon(Listener listener, Tone tone) {
    Await.until(
        listener + " hears " + tone + " again",
        BACK,
        () -> listener.hears(Duration.ofMillis(200)),
        (Heard heard) -> heard.is(tone));
  }

  @Test
  void anotherConnectionWithAnotherCertificateGoesOnWithTheCall(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", BROWSER);
    talk(browser, phone);

    browser.changeConnection();

    awaitSoon(browser, PHONE);
    awaitSoon(phone, BROWSER);
    browser.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }

  @Test
  void addressesHiddenBehindNamesAreNotNeeded(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.join(Browser.openHiding(bed.subdirectory("browser-1001"), BROWSER));
    browser.registered(bed.sbc().ports().wssUrl(), SbcFiles.account("1001"));
    browser.speakWithoutMicrophone(BROWSER);

    talk(browser, phone);

    assertThat(browser.candidates()).isNotEmpty().allMatch(line -> line.contains(".local "));
  }

  @Test
  void aBrowserOnIpv6TalksToAPhoneOnIpv4(TestBed bed) {
    String server = bed.dualStackSbc().ports().wssUrlOverIpv6();
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.visitor("1001", BROWSER);
    browser.registered(server, SbcFiles.account("1001"));

    talk(browser, phone);

    assertThat(InetAddress.ofLiteral(browser.address())).isInstanceOf(Inet6Address.class);
  }
}
