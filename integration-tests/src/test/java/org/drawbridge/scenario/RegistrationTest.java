package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import java.util.HashMap;
import java.util.Map;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** Who may register, and who may not. */
@OnTestBed
final class RegistrationTest {

  private static final Tone TONE = new Tone(440);

  @Test
  void aBrowserWithTheWrongPasswordIsRefused(TestBed bed) {
    String server = bed.sbc().ports().wssUrl();
    Browser browser = bed.visitor("1001", TONE);

    browser.register(server, SbcFiles.account("1001").withWrongPassword());

    assertThat(browser.awaitEvent("registrationFailed").fact("status")).isIn("401", "403");
    assertThat(browser.diary().latest("registered")).isEmpty();
  }

  @Test
  void anUnknownAccountLooksLikeAWrongPassword(TestBed bed) {
    String server = bed.sbc().ports().wssUrl();
    Browser known = bed.visitor("known", TONE);
    Browser unknown = bed.visitor("unknown", TONE);

    known.register(server, SbcFiles.account("1001").withWrongPassword());
    unknown.register(server, new SipAccount("7777", SbcFiles.DOMAIN, "guess"));

    Map<String, Object> refusal = refusal(known);
    assertThat(refusal).containsKeys("status", "reason", "warning");
    assertThat(refusal(unknown)).isEqualTo(refusal);
  }

  /** What the page was told, but when. */
  private static Map<String, Object> refusal(Browser browser) {
    Map<String, Object> facts = new HashMap<>(browser.awaitEvent("registrationFailed").facts());
    facts.remove("at");
    return facts;
  }

  @Test
  void aPhoneWithTheWrongPasswordIsRefused(TestBed bed) {
    int port = bed.sbc().ports().sip();
    BaresipPhone phone = bed.newPhone("1002", TONE);

    phone.register(SbcFiles.account("1002").withWrongPassword(), PhoneTransport.UDP, port, MANUAL);

    assertThat(phone.awaitEvent("REGISTER_FAIL")).matches("40[13].*");
  }

  @Test
  void secretsStayOutOfTheLog(TestBed bed) {
    Browser browser = bed.browser("1001", TONE);
    browser.call("echo");
    browser.awaitTone(TONE);

    assertThat(bed.sbc().log())
        .doesNotContain(SbcFiles.account("1001").password())
        .doesNotContainIgnoringCase("response=\"")
        .doesNotContain("a=ice-pwd");
  }
}
