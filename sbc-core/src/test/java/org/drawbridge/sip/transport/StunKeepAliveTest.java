package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StunKeepAliveTest {

  /** The transaction ID of the test vectors of RFC 5769. */
  private static final String ID = "b7e7a701bc34d686fa87dfae";

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** The veiled addresses are those of RFC 5769 sections 2.2 and 2.3. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 00200008 0001a147e112a643, 000c",
    "2001:db8:1234:5678:11:2233:4455:6677, 00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9, 0018"
  })
  void bindingRequestsAreAnsweredWithTheirSource(String address, String attribute, String length) {
    byte[] answer =
        StunKeepAlive.answer(
            hex("00010000" + "2112a442" + ID), new InetSocketAddress(address, 32_853));
    assertThat(answer)
        .isEqualTo(hex("0101" + length + "2112a442" + ID + attribute.replace(" ", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "00010000",
    "01010000" + "2112a442" + ID,
    "00010004" + "2112a442" + ID,
    "00010000" + "00000000" + ID,
  })
  void anythingElseIsNotAnswered(String datagram) {
    assertThat(StunKeepAlive.answer(hex(datagram), new InetSocketAddress("192.0.2.1", 5060)))
        .isNull();
  }

  @Test
  void answersAreNoAmplifier() {
    byte[] request = hex("00010000" + "2112a442" + ID);
    byte[] answer = StunKeepAlive.answer(request, new InetSocketAddress("::1", 5060));
    assertThat(answer).hasSizeLessThan(3 * request.length);
  }
}
