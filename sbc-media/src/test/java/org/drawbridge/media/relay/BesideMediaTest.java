package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.drawbridge.media.net.Packets;
import org.junit.jupiter.api.Test;

final class BesideMediaTest {

  /** As Linphone begins with where its user has chosen ZRTP: it repeats that for seconds. */
  static final byte[] ZRTP_HELLO =
      HexFormat.of().parseHex("1000000b5a52545000000001505a001d48656c6c6f202020");

  private final BesideMedia beside = new BesideMedia();

  private boolean is(byte[] datagram) {
    return beside.is(datagram, 0, datagram.length);
  }

  @Test
  void anEmptyDatagramAndTheHelloOfZrtpAreNoMedia() {
    assertThat(is(new byte[0])).isTrue();
    assertThat(is(ZRTP_HELLO)).isTrue();
  }

  @Test
  void mediaAndNoiseAreNotPassedOver() {
    assertThat(is(Packets.rtp(0, 0x1234, 1, 0, 1))).isFalse();
    assertThat(is(new byte[40])).isFalse();
    assertThat(is(new byte[] {64, 0, 0, 0})).isFalse();
  }
}
