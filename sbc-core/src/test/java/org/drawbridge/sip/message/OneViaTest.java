package org.drawbridge.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sent a request to us itself is told by its only Via. */
final class OneViaTest {

  private static final String FIRST = "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        FIRST + " | true",
        FIRST + ";x=\"a, b\" | true",
        FIRST + ", SIP/2.0/TCP 192.0.2.2 | false",
        FIRST + "!SIP/2.0/TCP 192.0.2.2 | false"
      })
  void isToldByLinesAndCommas(String values, boolean one) {
    MessageBuilder<SipRequest> request =
        SipRequest.builder(Method.REGISTER, SipUri.of(null, "example.com", -1))
            .header(HeaderName.FROM, "<sip:a@example.com>;tag=1")
            .header(HeaderName.TO, "<sip:a@example.com>")
            .header(HeaderName.CALL_ID, "1")
            .header(HeaderName.CSEQ, "1 REGISTER");
    for (String value : values.split("!")) {
      request.header(HeaderName.VIA, value);
    }
    assertThat(request.build().hasOneVia()).isEqualTo(one);
  }
}
