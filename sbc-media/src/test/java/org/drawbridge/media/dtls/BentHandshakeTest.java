package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fuzz target's handshake comes to. */
class BentHandshakeTest {

  private static final DtlsCertificate CERTIFICATE =
      DtlsCertificate.generate(new SecureRandom(), Instant.EPOCH.plusSeconds(1_800_000_000L));

  private static boolean run(boolean victimIsServer, int... edits) {
    byte[] bytes = new byte[edits.length];
    for (int i = 0; i < edits.length; i++) {
      bytes[i] = (byte) edits[i];
    }
    return new BentHandshake(CERTIFICATE, bytes, 0).run(victimIsServer);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutAChangeItSucceeds(boolean victimIsServer) {
    assertThat(run(victimIsServer)).isTrue();
  }

  /** A byte in the middle of the certificate, and of the message that comes after it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aChangedHandshakeMessageEndsIt(int datagram) {
    assertThat(run(true, datagram, 0, 60, 1)).isFalse();
    assertThat(run(false, datagram, 0, 34, 1)).isFalse();
  }
}
