package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Whatever datagrams come before a handshake: it ends as failed when they end, and gives no keys.
 * An input whose first byte is even is a row of them, each after two bytes of length; one whose
 * first byte is odd has changes to the datagrams of an honest peer ({@link BentHandshake}).
 */
public final class DtlsFuzz {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final DtlsCertificate OURS =
      DtlsCertificate.generate(new SecureRandom(), Instant.EPOCH.plusSeconds(1_800_000_000L));

  private DtlsFuzz() {}

  /** One row of datagrams, or changes to those of an honest peer. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length > 0 && (data[0] & 1) != 0) {
      new BentHandshake(OURS, data, 1).run((data[0] & 2) != 0);
    } else {
      row(data);
    }
  }

  private static void row(byte[] data) {
    PeerPolicy policy = new PeerPolicy(OURS.fingerprint());
    try {
      new DTLSServerProtocol()
          .accept(new DtlsServerPeer(OURS, policy, TIMEOUT_MILLIS), new Row(data));
    } catch (IOException | RuntimeException e) {
      assertThat(policy.keys()).isNull();
    }
    PeerPolicy clientPolicy = new PeerPolicy(OURS.fingerprint());
    try {
      new DTLSClientProtocol()
          .connect(new DtlsClientPeer(OURS, clientPolicy, TIMEOUT_MILLIS), new Row(data));
    } catch (IOException | RuntimeException e) {
      assertThat(clientPolicy.keys()).isNull();
    }
  }

  /** What a client says first, and a change to each of the first datagrams of either side. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>(List.of(hello()));
    for (int datagram = 0; datagram < 7; datagram++) {
      seeds.add(new byte[] {1, (byte) datagram, 0, 30, 1});
      seeds.add(new byte[] {3, (byte) datagram, 0, 30, 1});
    }
    return seeds;
  }

  private static byte[] hello() {
    Row row = new Row(new byte[0]);
    PeerPolicy policy = new PeerPolicy(OURS.fingerprint());
    try {
      new DTLSClientProtocol().connect(new DtlsClientPeer(OURS, policy, TIMEOUT_MILLIS), row);
    } catch (IOException e) {
      assertThat(row.sent).isNotEmpty();
    }
    byte[] hello = row.sent.getFirst();
    return ByteBuffer.allocate(hello.length + 2).putShort((short) hello.length).put(hello).array();
  }

  /** A peer that says what it says, and then is gone. */
  private static final class Row implements DatagramTransport {

    private final ByteBuffer in;
    private final List<byte[]> sent = new ArrayList<>();

    Row(byte[] data) {
      in = ByteBuffer.wrap(data);
    }

    @Override
    public int getReceiveLimit() {
      return 2_048;
    }

    @Override
    public int getSendLimit() {
      return 1_200;
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
      if (in.remaining() <= 2) {
        throw new IOException("nothing more comes");
      }
      int length = Math.min(Math.min(in.getShort() & 0x7FF, len), in.remaining());
      in.get(buf, off, length);
      return length;
    }

    @Override
    public void send(byte[] buf, int off, int len) {
      sent.add(Arrays.copyOfRange(buf, off, off + len));
    }

    @Override
    public void close() {}
  }
}
