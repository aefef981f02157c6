package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.media.rtp.Bytes;
import org.junit.jupiter.api.Test;

/** When a finished handshake is answered once more. */
class LastFlightTest {

  private static final byte CHANGE_CIPHER_SPEC = 20;
  private static final byte ALERT = 21;
  private static final byte HANDSHAKE = 22;
  private static final byte APPLICATION_DATA = 23;

  private final byte[] ours = {1, 2, 3};
  private final List<byte[]> sent = new ArrayList<>();
  private final LastFlight flight = new LastFlight(List.of(ours));

  private static byte[] record(byte type, int epoch, int length) {
    byte[] record = new byte[13 + length];
    record[0] = type;
    Bytes.put16(record, 3, epoch);
    Bytes.put16(record, 11, length);
    return record;
  }

  private void hear(byte[]... records) {
    byte[] datagram = new byte[4096];
    int length = 7;
    for (byte[] record : records) {
      System.arraycopy(record, 0, datagram, length, record.length);
      length += record.length;
    }
    flight.onDatagram(datagram, 7, length - 7, sent::add);
  }

  @Test
  void theEndOfThePeersFlightBringsOursAgain() {
    hear(record(HANDSHAKE, 1, 40));
    assertThat(sent).containsExactly(ours);
    hear(record(HANDSHAKE, 0, 900), record(CHANGE_CIPHER_SPEC, 0, 1), record(HANDSHAKE, 1, 40));
    assertThat(sent).containsExactly(ours, ours);
  }

  @Test
  void allElseBringsNothing() {
    hear(record(HANDSHAKE, 0, 900));
    hear(record(CHANGE_CIPHER_SPEC, 0, 1));
    hear(record(ALERT, 1, 26));
    hear(record(APPLICATION_DATA, 1, 100));
    hear(record(HANDSHAKE, 2, 40));
    hear(new byte[] {HANDSHAKE, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0});
    hear();
    assertThat(sent).isEmpty();
  }

  @Test
  void aRecordThatSaysItIsLongerThanItsDatagramEndsIt() {
    byte[] tooLong = record(HANDSHAKE, 0, 20);
    Bytes.put16(tooLong, 11, 0xFFFF);
    hear(tooLong, record(HANDSHAKE, 1, 40));
    assertThat(sent).isEmpty();
  }

  @Test
  void itIsRepeatedSixteenTimesAtMost() {
    for (int i = 0; i < 100; i++) {
      hear(record(HANDSHAKE, 1, 40));
    }
    assertThat(sent).hasSize(16);
  }
}
