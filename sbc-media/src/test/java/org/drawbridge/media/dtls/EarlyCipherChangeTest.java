package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.rtp.Bytes;
import org.junit.jupiter.api.Test;

class EarlyCipherChangeTest {

  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int CERTIFICATE_VERIFY = 15;
  private static final int HIDDEN = 0xffff;

  private final EarlyCipherChange early = new EarlyCipherChange();

  private static byte[] cipherChange() {
    return new byte[] {20, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 9, 0, 1, 1};
  }

  /** A record with one fragment of a message of 100 bytes. */
  private static byte[] message(int type, int offset, int length) {
    byte[] record = new byte[13 + 12 + length];
    record[0] = 22;
    Bytes.put16(record, 11, 12 + length);
    record[13] = (byte) type;
    record[16] = 100;
    Bytes.put16(record, 13 + 7, offset);
    Bytes.put16(record, 13 + 10, length);
    return record;
  }

  private int epochAfterPass(byte[] cipherChange) {
    early.pass(cipherChange, 0, cipherChange.length);
    return Bytes.u16(cipherChange, 3);
  }

  private void pass(byte[] record) {
    early.pass(record, 0, record.length);
  }

  @Test
  void aCipherChangeIsHiddenUntilTheWholeVerifyHasCome() {
    assertThat(epochAfterPass(cipherChange())).isEqualTo(HIDDEN);
    pass(message(11, 0, 100));
    pass(message(CERTIFICATE_VERIFY, 60, 40));
    assertThat(epochAfterPass(cipherChange())).isEqualTo(HIDDEN);
    pass(message(CERTIFICATE_VERIFY, 60, 40));
    assertThat(epochAfterPass(cipherChange())).as("a repeat adds nothing").isEqualTo(HIDDEN);
    pass(message(CERTIFICATE_VERIFY, 0, 60));
    assertThat(epochAfterPass(cipherChange())).isZero();
  }

  @Test
  void bothMayComeInOneDatagram() {
    byte[] verify = message(CERTIFICATE_VERIFY, 0, 100);
    byte[] datagram = new byte[verify.length + 14];
    System.arraycopy(verify, 0, datagram, 0, verify.length);
    System.arraycopy(cipherChange(), 0, datagram, verify.length, 14);
    pass(datagram);
    assertThat(Bytes.u16(datagram, verify.length + 3)).isZero();
  }

  @Test
  void brokenRecordsHarmNothing() {
    byte[] verify = message(CERTIFICATE_VERIFY, 0, 100);
    Bytes.put16(verify, 11, 5_000);
    pass(verify);
    byte[] beyond = message(CERTIFICATE_VERIFY, 90, 100);
    pass(beyond);
    byte[] fragment = message(CERTIFICATE_VERIFY, 0, 100);
    Bytes.put16(fragment, 13 + 10, 3_000);
    pass(fragment);
    pass(new byte[] {22, 0, 0});
    assertThat(epochAfterPass(cipherChange())).isEqualTo(HIDDEN);
  }

  /** Each record of the client in a datagram of its own, and the first verify is lost. */
  @Test
  void aHandshakeThatLosesTheVerifyAloneEndsWell() throws Exception {
    SecureRandom random = new SecureRandom();
    Instant now = Instant.EPOCH.plusSeconds(1_800_000_000L);
    DtlsCertificate server = DtlsCertificate.generate(random, now);
    DtlsCertificate client = DtlsCertificate.generate(random, now);
    AtomicInteger verifies = new AtomicInteger();
    DatagramPipe[] pipes = new DatagramPipe[2];
    pipes[0] = new DatagramPipe(sent -> pipes[1].offer(sent, 0, sent.length));
    pipes[1] =
        new DatagramPipe(
            sent -> {
              for (byte[] record : Records.of(sent)) {
                boolean verify =
                    record[0] == 22 && record[4] == 0 && record[13] == CERTIFICATE_VERIFY;
                if (!verify || verifies.getAndIncrement() > 0) {
                  pipes[0].offer(record, 0, record.length);
                }
              }
            });
    CompletableFuture<DtlsResult> result = new CompletableFuture<>();
    handshakes(server).start(Role.SERVER, client.fingerprint(), pipes[0], result::complete);
    handshakes(client).start(Role.CLIENT, server.fingerprint(), pipes[1], ignored -> {});
    assertThat(result.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
        .isInstanceOf(DtlsResult.Established.class);
    assertThat(verifies.get()).isGreaterThan(1);
    for (DatagramPipe pipe : pipes) {
      pipe.close();
    }
  }

  private static DtlsHandshakes handshakes(DtlsCertificate own) {
    return new DtlsHandshakes(own, TIMEOUT_MILLIS, 1, new MediaCounters());
  }
}
