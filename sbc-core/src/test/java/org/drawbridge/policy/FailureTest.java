package org.drawbridge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.Test;

/** What is said of a failure, and to whom. */
final class FailureTest {

  private static SipResponse answer(int status, HeaderName name, String value) {
    SipRequest invite =
        SipRequest.builder(Method.INVITE, SipUri.of("1", "example.com", -1))
            .header(HeaderName.VIA, "SIP/2.0/UDP h;branch=z9hG4bK1")
            .header(HeaderName.FROM, "<sip:1001@example.com>;tag=1")
            .header(HeaderName.TO, "<sip:1@example.com>")
            .header(HeaderName.CALL_ID, "c")
            .header(HeaderName.CSEQ, "1 INVITE")
            .build();
    return SipResponse.to(invite, status, "No", "t").header(name, value).build();
  }

  @Test
  void theLogHasWhatATrunkSaysOfItsRefusal() {
    Failure failure =
        Failure.of(answer(403, HeaderName.WARNING, "399 gw.carrier.example \"no credit left\""));
    assertThat(failure.report())
        .isEqualTo("The called side answered 403 Forbidden: no credit left");
    assertThat(failure.words()).isEqualTo("The called side answered 403 Forbidden");
  }

  @Test
  void theLogSaysThatATrunkWantsAPassword() {
    Failure failure =
        Failure.of(answer(407, HeaderName.PROXY_AUTHENTICATE, "Digest realm=\"x\", nonce=\"y\""));
    assertThat(failure.report()).contains("407").contains("username and password");
  }

  @Test
  void theLogSaysWhatMayHelpWhereNoMediaFits() {
    Failure failure =
        Failure.of(answer(488, HeaderName.WARNING, "305 gw.carrier.example \"no such codec\""));
    assertThat(failure.by("trunk:acme").report())
        .startsWith("trunk:acme: The called side answered 488")
        .contains("no such codec: it wants other codecs or another kind of media");
    assertThat(failure.by("trunk:acme").words()).doesNotContain("acme", "codecs");
  }

  @Test
  void addressesAreForTheLogAlone() {
    Failure failure = Failure.unreachable("trunk:acme cannot be reached: refused by 203.0.113.7");
    assertThat(failure.report()).contains("203.0.113.7");
    assertThat(failure.words()).doesNotContain("203.0.113.7", "acme");
  }

  @Test
  void aCauseIsANumberAndCarriesNoAddressAcross() {
    Failure numbered = Failure.of(answer(486, HeaderName.REASON, "Q.850;cause=17"));
    Failure named = Failure.of(answer(486, HeaderName.REASON, "SIP;cause=192.0.2.7;text=\"no\""));
    assertThat(numbered.words()).endsWith("486 Busy Here (Q.850;cause=17)");
    assertThat(named.words()).endsWith("486 Busy Here (SIP;text=\"no\")");
  }
}
