package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.drawbridge.media.api.MediaCounters;

/**
 * Whatever datagrams come before a handshake: it ends as failed when they end, and in time. An input
 * is a row of them, each after two bytes of length.
 */
public final class DtlsFuzz {

  private static final DtlsCertificate OURS =
      DtlsCertificate.generate(new SecureRandom(), Instant.EPOCH.plusSeconds(1_800_000_000L));
  private static final DtlsHandshakes HANDSHAKES =
      new DtlsHandshakes(OURS, 2_000, 64, new MediaCounters());

  private DtlsFuzz() {}

  /** One row of datagrams. */
  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    for (DtlsHandshakes.Role role : DtlsHandshakes.Role.values()) {
      CompletableFuture<DtlsResult> result = new CompletableFuture<>();
      DatagramPipe pipe = new DatagramPipe(_ -> {});
      ByteBuffer in = ByteBuffer.wrap(data);
      while (in.remaining() > 2) {
        byte[] datagram = new byte[Math.min(in.getShort() & 0x7FF, in.remaining())];
        in.get(datagram);
        pipe.offer(datagram, 0, datagram.length);
      }
      HANDSHAKES.start(role, OURS.fingerprint(), pipe, result::complete);
      Thread.yield();
      closeWhenRead(pipe);
      assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(DtlsResult.Failed.class);
    }
  }

  private static void closeWhenRead(DatagramPipe pipe) throws InterruptedException {
    Thread.sleep(2);
    pipe.close();
  }

  /** What a client says first, as such a row. */
  public static byte[] hello() throws Exception {
    CompletableFuture<byte[]> first = new CompletableFuture<>();
    DatagramPipe pipe = new DatagramPipe(first::complete);
    HANDSHAKES.start(DtlsHandshakes.Role.CLIENT, OURS.fingerprint(), pipe, _ -> {});
    byte[] hello = first.get(10, TimeUnit.SECONDS);
    pipe.close();
    return ByteBuffer.allocate(hello.length + 2)
        .putShort((short) hello.length)
        .put(hello)
        .array();
  }
}
