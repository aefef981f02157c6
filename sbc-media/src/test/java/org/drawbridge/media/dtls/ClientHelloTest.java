package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How one handshake is told from the next. */
class ClientHelloTest {

  private static final int OFFSET = 3;
  private static final int LENGTH = 13 + 12 + 2 + 32;

  /** The smallest datagram with all of a random in it, some way into its array. */
  private static byte[] hello() {
    byte[] buf = new byte[OFFSET + LENGTH + 5];
    buf[OFFSET] = 22;
    buf[OFFSET + 13] = 1;
    Arrays.fill(buf, OFFSET + 27, OFFSET + LENGTH, (byte) 7);
    return buf;
  }

  private static ByteBuffer random(byte[] buf) {
    return Objects.requireNonNull(ClientHello.random(buf, OFFSET, LENGTH));
  }

  @Test
  void theRandomIsFoundAndDoesNotChangeWithTheBuffer() {
    byte[] buf = hello();
    ByteBuffer random = random(buf);
    assertThat(random).isEqualTo(random(hello()));
    assertThat(random.remaining()).isEqualTo(32);
    buf[OFFSET + 30] = 8;
    assertThat(random).isEqualTo(random(hello())).isNotEqualTo(random(buf));
  }

  @Test
  void allElseHasNone() {
    assertThat(ClientHello.random(hello(), OFFSET, LENGTH - 1)).as("cut short").isNull();
    assertThat(ClientHello.random(new byte[0], 0, 0)).isNull();
    for (int at : new int[] {0, 3, 4, 13, 19, 20, 21}) {
      byte[] other = hello();
      other[OFFSET + at]++;
      assertThat(ClientHello.random(other, OFFSET, LENGTH)).as("byte %d", at).isNull();
    }
  }
}
