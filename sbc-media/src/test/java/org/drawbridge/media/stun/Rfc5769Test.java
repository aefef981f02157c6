package org.drawbridge.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test vectors of RFC 5769 with the short-term password. */
class Rfc5769Test {

  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
  private static final String TRANSACTION = "b7e7a701bc34d686fa87dfae";

  private static final byte[] REQUEST =
      hex(
          "000100582112a442" + TRANSACTION,
          "80220010 5354554e207465737420636c69656e74",
          "00240004 6e0001ff",
          "80290008 932ff9b151263b36",
          "00060009 6576746a3a68367659202020",
          "00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2",
          "80280004 e57a3bcf");

  private static final String SOFTWARE = "8022000b 7465737420766563746f7220";

  private static final byte[] IPV4_RESPONSE =
      hex(
          "0101003c2112a442" + TRANSACTION,
          SOFTWARE,
          "00200008 0001a147e112a643",
          "00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7",
          "80280004 c07d4c96");

  private static final byte[] IPV6_RESPONSE =
      hex(
          "010100482112a442" + TRANSACTION,
          SOFTWARE,
          "00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9",
          "00080014 a382954e4be67bf11784c97c8292c275bfe3ed41",
          "80280004 c8fb0b4c");

  private final StunView view = new StunView();
  private final MessageIntegrity key = new MessageIntegrity(PASSWORD);

  @Test
  void readsTheSampleRequest() {
    assertThat(view.wrap(REQUEST, 0, REQUEST.length)).isTrue();
    assertThat(view.type()).isEqualTo(Stun.BINDING_REQUEST);
    assertThat(view.username()).isEqualTo("evtj:h6vY");
    assertThat(view.has(Stun.PRIORITY)).isTrue();
    assertThat(view.has(Stun.ICE_CONTROLLED)).isTrue();
    assertThat(view.has(Stun.USE_CANDIDATE)).isFalse();
    assertThat(view.isIntact(key)).isTrue();
    assertThat(view.hasValidFingerprint()).isTrue();
    assertThat(view.unknownRequired()).isZero();
  }

  @Test
  void readsAMessageInsideALargerBuffer() {
    byte[] buf = new byte[REQUEST.length + 50];
    System.arraycopy(REQUEST, 0, buf, 17, REQUEST.length);
    assertThat(view.wrap(buf, 17, REQUEST.length)).isTrue();
    assertThat(view.isIntact(key)).isTrue();
    assertThat(view.hasValidFingerprint()).isTrue();
  }

  @Test
  void verifiesBothSampleResponses() {
    for (byte[] response : new byte[][] {IPV4_RESPONSE, IPV6_RESPONSE}) {
      assertThat(view.wrap(response, 0, response.length)).isTrue();
      assertThat(view.type()).isEqualTo(Stun.BINDING_SUCCESS);
      assertThat(view.isIntact(key)).isTrue();
      assertThat(view.hasValidFingerprint()).isTrue();
    }
  }

  @Test
  void writesTheXorMappedAddressesOfTheSamples() throws Exception {
    assertThat(mapped("192.0.2.1")).isEqualTo(hex("00200008 0001a147e112a643"));
    assertThat(mapped("2001:db8:1234:5678:11:2233:4455:6677"))
        .isEqualTo(hex("00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"));
  }

  private static byte[] mapped(String address) throws Exception {
    StunWriter writer = new StunWriter().begin(Stun.BINDING_SUCCESS, hex(TRANSACTION));
    writer.xorMappedAddress(new InetSocketAddress(InetAddress.getByName(address), 32853));
    return Arrays.copyOfRange(writer.buffer(), Stun.HEADER, writer.length());
  }

  @Test
  void whatItWritesIsIntactUnderTheSameKeyOnly() {
    StunWriter writer = new StunWriter().begin(Stun.BINDING_ERROR, hex(TRANSACTION));
    writer.errorCode(487, "Role Conflict").integrity(key).fingerprint();
    assertThat(view.wrap(writer.buffer(), 0, writer.length())).isTrue();
    assertThat(view.isIntact(key)).isTrue();
    assertThat(view.isIntact(new MessageIntegrity("another password, long"))).isFalse();
    assertThat(view.hasValidFingerprint()).isTrue();
  }

  @Test
  void oneChangedByteAnywhereBreaksTheSampleRequest() {
    for (int at = 0; at < REQUEST.length; at++) {
      byte[] changed = REQUEST.clone();
      changed[at] ^= 0x40;
      boolean valid =
          view.wrap(changed, 0, changed.length) && view.isIntact(key) && view.hasValidFingerprint();
      assertThat(valid).as("byte %d changed", at).isFalse();
    }
  }

  @Test
  void anAttributeBehindTheIntegrityIsNotBelieved() {
    StunWriter writer = new StunWriter().begin(Stun.BINDING_REQUEST, hex(TRANSACTION));
    writer.integrity(key).attribute(Stun.USE_CANDIDATE, new byte[0]).fingerprint();
    assertThat(view.wrap(writer.buffer(), 0, writer.length())).isTrue();
    assertThat(view.has(Stun.USE_CANDIDATE)).isFalse();
    assertThat(view.hasValidFingerprint()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 19, 20, 21, 40, 100})
  void aTruncatedMessageIsNoMessage(int length) {
    assertThat(view.wrap(REQUEST, 0, length)).isFalse();
  }

  private static byte[] hex(String... lines) {
    return HexFormat.of().parseHex(String.join("", lines).replace(" ", ""));
  }
}
