package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** Stock JsSIP asks for GRUUs (RFC 5627), is called by them and puts them into its calls. */
@OnTestBed
final class GruuTest {

  private static final Tone LOW = new Tone(440);
  private static final Tone HIGH = new Tone(1000);

  @Test
  void aCallToAGruuRingsThatPageAndNotThePhoneOfTheSameAccount(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", HIGH, PhoneTransport.UDP, AUTO);
    Browser page = bed.browser("1002", HIGH);
    Browser caller = bed.browser("1001", LOW);
    String gruu = page.gruu(false);
    assertThat(gruu).startsWith("sip:1002@sbc.test;gr=urn:uuid:");

    caller.call(gruu);
    page.awaitEvent("session");
    page.answer();
    caller.awaitEvent("confirmed");
    assertThat(phone.has("CALL_INCOMING")).isFalse();

    // The caller's Contact is its own GRUU: this BYE goes there.
    page.hangUp();
    assertThat(caller.awaitEvent("ended").fact("originator")).isEqualTo("remote");
  }

  @Test
  void aTemporaryGruuServesACallerWhoHides(TestBed bed) {
    Browser page = bed.browser("1003", HIGH);
    Browser caller = bed.browser("1001", LOW);
    assertThat(page.gruu(true)).startsWith("sip:tgruu.").doesNotContain("1003");

    caller.callAnonymously(page.gruu(true));
    assertThat(page.awaitEvent("session").fact("from"))
        .isEqualTo("sip:anonymous@anonymous.invalid");
    page.answer();
    caller.awaitEvent("confirmed");
    page.hangUp();
    assertThat(caller.awaitEvent("ended").fact("originator")).isEqualTo("remote");
  }
}
