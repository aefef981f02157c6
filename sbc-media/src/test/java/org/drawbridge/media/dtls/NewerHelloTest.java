package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.rtp.Bytes;
import org.junit.jupiter.api.Test;

/** A ClientHello such as newer browsers send: DTLS 1.3 first, with a post-quantum key share. */
class NewerHelloTest {

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int KEY_SHARE = 51;
  private static final int SUPPORTED_GROUPS = 10;
  private static final short DTLS_1_3 = (short) 0xFEFC;
  private static final short DTLS_1_2 = (short) 0xFEFD;
  private static final short X25519_ML_KEM_768 = 0x11EC;
  private static final short X25519 = 0x001D;
  private static final short P_256 = 0x0017;
  private static final int SHARE_BYTES = 1216;

  private final SecureRandom random = new SecureRandom();
  private final DtlsCertificate server = DtlsCertificate.generate(random, Instant.now());
  private final DtlsCertificate client = DtlsCertificate.generate(random, Instant.now());
  private final CompletableFuture<DtlsResult> result = new CompletableFuture<>();
  private final List<byte[]> hellos = new ArrayList<>();
  private final List<byte[]> answers = new ArrayList<>();

  /** Adds what a client of DTLS 1.3 offers; the server has to answer with 1.2. */
  private static final class NewerClient extends DtlsClientPeer {

    NewerClient(DtlsCertificate certificate, PeerPolicy policy) {
      super(certificate, policy, TIMEOUT_MILLIS);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // The library's signature.
    public Hashtable getClientExtensions() throws IOException {
      Hashtable extensions = super.getClientExtensions();
      extensions.put(
          SUPPORTED_VERSIONS,
          ByteBuffer.allocate(5).put((byte) 4).putShort(DTLS_1_3).putShort(DTLS_1_2).array());
      extensions.put(
          SUPPORTED_GROUPS,
          ByteBuffer.allocate(8)
              .putShort((short) 6)
              .putShort(X25519_ML_KEM_768)
              .putShort(X25519)
              .putShort(P_256)
              .array());
      byte[] share = new byte[SHARE_BYTES];
      new SecureRandom().nextBytes(share);
      extensions.put(
          KEY_SHARE,
          ByteBuffer.allocate(6 + SHARE_BYTES)
              .putShort((short) (4 + SHARE_BYTES))
              .putShort(X25519_ML_KEM_768)
              .putShort((short) SHARE_BYTES)
              .put(share)
              .array());
      return extensions;
    }
  }

  @Test
  void itIsAnsweredWithDtlsOneTwo() throws Exception {
    DatagramPipe[] pipes = new DatagramPipe[2];
    pipes[0] =
        new DatagramPipe(
            sent -> {
              answers.add(sent);
              pipes[1].offer(sent, 0, sent.length);
            });
    pipes[1] =
        new DatagramPipe(
            sent -> {
              hellos.add(sent);
              pipes[0].offer(sent, 0, sent.length);
            });
    new DtlsHandshakes(server, TIMEOUT_MILLIS, 1, new MediaCounters())
        .start(Role.SERVER, client.fingerprint(), pipes[0], result::complete);
    PeerPolicy policy = new PeerPolicy(server.fingerprint());
    new DTLSClientProtocol()
        .connect(new NewerClient(client, policy), new Flights(pipes[1], Role.CLIENT));

    DtlsResult ofServer = result.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(ofServer).isInstanceOf(DtlsResult.Established.class);
    assertThat(Objects.requireNonNull(policy.keys()).local())
        .isEqualTo(((DtlsResult.Established) ofServer).keys().remote());
    assertThat(hellos).as("a hello too long for one datagram").hasSizeGreaterThan(1);
    byte[] answer = answers.getFirst();
    assertThat(answer[13]).as("ServerHello").isEqualTo((byte) 2);
    assertThat(Bytes.u16(answer, 25)).as("version of the answer").isEqualTo(0xFEFD);
    for (DatagramPipe pipe : pipes) {
      pipe.close();
    }
  }
}
