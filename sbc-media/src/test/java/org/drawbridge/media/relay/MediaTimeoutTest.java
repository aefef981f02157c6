package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Silence that is a fault, and silence that is a hold. */
class MediaTimeoutTest {

  private static final long SECOND = 1_000_000_000L;

  private final MediaTimeout timeout = new MediaTimeout(60 * SECOND);

  @Test
  void silenceOfAPeerThatShouldSendIsTold() {
    timeout.expect(true, 0);
    timeout.heard(5 * SECOND);
    assertThat(timeout.dueMillis(64 * SECOND)).isEqualTo(-1);
    assertThat(timeout.dueMillis(65 * SECOND)).isEqualTo(60_000);
    assertThat(timeout.dueMillis(66 * SECOND)).isEqualTo(-1);
    timeout.heard(70 * SECOND);
    assertThat(timeout.dueMillis(130 * SECOND)).as("another silence").isEqualTo(60_000);
  }

  /** Early media of a call that rings for long may be silent; once it is answered that counts. */
  @Test
  void silenceThatLastsIsToldAgain() {
    timeout.expect(true, 0);
    assertThat(timeout.dueMillis(60 * SECOND)).isEqualTo(60_000);
    assertThat(timeout.dueMillis(119 * SECOND)).isEqualTo(-1);
    assertThat(timeout.dueMillis(120 * SECOND)).isEqualTo(120_000);
  }

  @Test
  void aHeldPeerMayBeSilentForEverAndBeginsAnewWhenItIsTakenBack() {
    timeout.expect(true, 0);
    timeout.heard(SECOND);
    timeout.expect(false, 2 * SECOND);
    assertThat(timeout.dueMillis(3600 * SECOND)).isEqualTo(-1);
    timeout.expect(true, 3600 * SECOND);
    assertThat(timeout.dueMillis(3659 * SECOND)).isEqualTo(-1);
    assertThat(timeout.dueMillis(3660 * SECOND)).isEqualTo(60_000);
  }

  /** As phones do that suppress silence, while their user only listens. */
  @Test
  void whoHasSentComfortNoiseMayBeSilentUntilItSpeaksAgain() {
    timeout.expect(true, 0);
    timeout.heard(true, 5 * SECOND);
    assertThat(timeout.dueMillis(605 * SECOND)).isEqualTo(-1);
    timeout.heard(false, 700 * SECOND);
    assertThat(timeout.dueMillis(760 * SECOND)).isEqualTo(60_000);
  }
}
