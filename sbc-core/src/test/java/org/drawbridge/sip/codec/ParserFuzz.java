package org.drawbridge.sip.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.ViaSlices;

/**
 * Whatever the bytes: no exception; what is accepted can be read, edited and answered; what
 * JAIN-SIP accepts too, both read alike.
 */
public final class ParserFuzz {
  private ParserFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] data) {
    switch (SipParser.parse(data, 0, data.length, ParseLimits.DEFAULT)) {
      case ParseResult.Parsed(SipMessage message) -> {
        read(message);
        edit(message);
        if (message instanceof SipRequest request) {
          answer(request);
        }
        JainDifferentialTest.agree(data);
      }
      case ParseResult.Malformed m -> assertThat(m.status()).isIn(400, 414, 505, 513);
      case ParseResult.KeepAlive _ -> assertThat(new String(data, ISO_8859_1).strip()).isEmpty();
    }
  }

  private static void read(SipMessage m) {
    assertThat(m.startLine().toString()).isNotEmpty();
    assertThat(m.vias().getFirst()).isEqualTo(m.topVia());
    assertThat(m.from().toString() + m.to() + m.callId() + m.cseq()).isNotEmpty();
    assertThat(m.contacts().size() + m.routes().size() + m.recordRoutes().size()).isNotNegative();
    assertThat(m.maxForwards()).isBetween(-1, 255);
    assertThat(m.expires()).isGreaterThanOrEqualTo(-1);
    ViaSlices slices = m.topViaSlices();
    if (slices != null) {
      assertThat(slices.hasCookie()).isEqualTo(m.topVia().hasCookie());
      assertThat(slices.port()).isEqualTo(m.topVia().effectivePort());
    }
  }

  private static void edit(SipMessage message) {
    SipMessage copy = message.edit().build();
    byte[] wire = copy.wire();
    ParseResult again = SipParser.parse(wire, 0, wire.length, ParseLimits.DEFAULT);
    if (wire.length <= ParseLimits.DEFAULT.maxMessage()) {
      assertThat(again).isInstanceOf(ParseResult.Parsed.class);
      SipMessage read = ((ParseResult.Parsed) again).message();
      assertThat(read.vias()).isEqualTo(message.vias());
      assertThat(read.startLine()).isEqualTo(message.startLine());
      assertThat(read.body()).isEqualTo(message.body());
    }
  }

  private static void answer(SipRequest request) {
    SipResponse answer = SipResponse.to(request, 200, "OK", "mine").build();
    assertThat(answer.vias()).isEqualTo(request.vias());
    assertThat(answer.toTag()).isNotNull();
    assertThat(answer.headers().count(HeaderName.CONTENT_LENGTH)).isOne();
  }
}
