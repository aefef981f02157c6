package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two handshakes of ours joined by a network that the test bends. */
class HandshakeTest {

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final byte CHANGE_CIPHER_SPEC = 20;
  private static final DtlsCertificate SERVER = certificate();
  private static final DtlsCertificate CLIENT = certificate();

  private final CompletableFuture<DtlsResult> serverResult = new CompletableFuture<>();
  private final CompletableFuture<DtlsResult> clientResult = new CompletableFuture<>();
  private Consumer<byte[]> toServer = datagram -> {};
  private Consumer<byte[]> toClient = datagram -> {};
  private final DatagramPipe server = new DatagramPipe(datagram -> toClient.accept(datagram));
  private final DatagramPipe client = new DatagramPipe(datagram -> toServer.accept(datagram));

  private static DtlsCertificate certificate() {
    return DtlsCertificate.generate(new SecureRandom(), Instant.EPOCH.plusSeconds(1_800_000_000L));
  }

  @AfterEach
  void closePipes() {
    server.close();
    client.close();
  }

  private void start(Fingerprint expectedOfClient, Fingerprint expectedOfServer) {
    handshakes(SERVER).start(Role.SERVER, expectedOfClient, server, serverResult::complete);
    handshakes(CLIENT).start(Role.CLIENT, expectedOfServer, client, clientResult::complete);
  }

  private static DtlsHandshakes handshakes(DtlsCertificate certificate) {
    return new DtlsHandshakes(certificate, TIMEOUT_MILLIS, 4, new MediaCounters());
  }

  private static void push(DatagramPipe pipe, byte[] datagram) {
    pipe.offer(datagram, 0, datagram.length);
  }

  @Test
  void bothSidesExportTheSameKeysForOurFavouriteProfile() throws Exception {
    toServer = datagram -> push(server, datagram);
    toClient = datagram -> push(client, datagram);
    start(CLIENT.fingerprint(), SERVER.fingerprint());
    assertKeysAgree();
  }

  private void assertKeysAgree() throws Exception {
    SrtpKeys ofServer = keys(serverResult);
    SrtpKeys ofClient = keys(clientResult);
    assertThat(ofServer.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    assertThat(ofServer.local()).isEqualTo(ofClient.remote()).isNotEqualTo(ofServer.remote());
    assertThat(ofServer.remote()).isEqualTo(ofClient.local());
  }

  private static SrtpKeys keys(CompletableFuture<DtlsResult> future) throws Exception {
    DtlsResult result = future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(result).isInstanceOf(DtlsResult.Established.class);
    return ((DtlsResult.Established) result).keys();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aNetworkThatLosesASixthOnlyDelaysTheHandshake(long seed) throws Exception {
    LossyLink link = new LossyLink(seed, 6);
    toServer = datagram -> link.pass(datagram, d -> push(server, d));
    toClient = datagram -> link.pass(datagram, d -> push(client, d));
    start(CLIENT.fingerprint(), SERVER.fingerprint());
    assertKeysAgree();
  }

  @Test
  void aLastFlightThatIsLostIsRepeatedWhenThePeerRepeatsItsOwn() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    toServer = datagram -> push(server, datagram);
    toClient =
        datagram -> {
          if (datagram[0] != CHANGE_CIPHER_SPEC || lost.incrementAndGet() > 2) {
            push(client, datagram);
          }
        };
    start(CLIENT.fingerprint(), SERVER.fingerprint());
    assertKeysAgree();
    assertThat(lost).hasValue(3);
  }

  @Test
  void aFlightLeavesInOneDatagram() throws Exception {
    List<byte[]> up = new CopyOnWriteArrayList<>();
    List<byte[]> down = new CopyOnWriteArrayList<>();
    toServer =
        datagram -> {
          up.add(datagram);
          push(server, datagram);
        };
    toClient =
        datagram -> {
          down.add(datagram);
          push(client, datagram);
        };
    start(CLIENT.fingerprint(), SERVER.fingerprint());
    assertKeysAgree();
    assertThat(up).as("ClientHello; from Certificate to Finished").hasSize(2);
    assertThat(down).as("from ServerHello on; ChangeCipherSpec and Finished").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClientHelloInManyFragmentsIsPutTogether(boolean reversed) throws Exception {
    HelloFragmenter fragmenter = new HelloFragmenter(60, reversed);
    toServer = datagram -> fragmenter.split(datagram).forEach(part -> push(server, part));
    toClient = datagram -> push(client, datagram);
    start(CLIENT.fingerprint(), SERVER.fingerprint());
    assertKeysAgree();
    assertThat(fragmenter.mostFragments()).isGreaterThan(2);
  }

  @Test
  void ofSeveralAnnouncedCertificatesAnyMayBeShown() throws Exception {
    toServer = datagram -> push(server, datagram);
    toClient = datagram -> push(client, datagram);
    Set<String> both = new TreeSet<>(CLIENT.fingerprint().digests());
    both.addAll(SERVER.fingerprint().digests());
    Fingerprint any = new Fingerprint("sha-256", both);
    start(any, any);
    assertKeysAgree();
  }

  @Test
  void aCertificateOfAnotherFingerprintIsRefusedByTheServer() throws Exception {
    toServer = datagram -> push(server, datagram);
    toClient = datagram -> push(client, datagram);
    start(SERVER.fingerprint(), SERVER.fingerprint());
    assertFailed(serverResult, "does not have the fingerprint of the description");
    assertFailed(clientResult, "the peer sent DTLS alert bad_certificate");
  }

  @Test
  void aCertificateOfAnotherFingerprintIsRefusedByTheClient() throws Exception {
    toServer = datagram -> push(server, datagram);
    toClient = datagram -> push(client, datagram);
    start(CLIENT.fingerprint(), CLIENT.fingerprint());
    assertFailed(clientResult, "does not have the fingerprint of the description");
  }

  @Test
  void closingThePipeEndsAHandshakeThatWaits() throws Exception {
    start(CLIENT.fingerprint(), SERVER.fingerprint());
    server.close();
    assertFailed(serverResult, "the transport was closed");
  }

  @Test
  void aPeerThatFallsSilentIsNamedAsSuch() throws Exception {
    new DtlsHandshakes(SERVER, 50, 1, new MediaCounters())
        .start(Role.SERVER, CLIENT.fingerprint(), server, serverResult::complete);
    assertFailed(serverResult, "did not finish within 50 ms");
  }

  @Test
  void thoseThatCannotEvenWaitFailAtOnceAndAreCounted() throws Exception {
    MediaCounters counters = new MediaCounters();
    DtlsHandshakes one = new DtlsHandshakes(SERVER, TIMEOUT_MILLIS, 1, counters);
    List<DatagramPipe> pipes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      DatagramPipe pipe = new DatagramPipe(datagram -> {});
      pipes.add(pipe);
      one.start(Role.SERVER, CLIENT.fingerprint(), pipe, result -> {});
    }
    assertThat(one.underWay()).isEqualTo(16);
    one.start(Role.SERVER, CLIENT.fingerprint(), server, serverResult::complete);
    assertFailed(serverResult, "too many DTLS handshakes at once");
    assertThat(counters.get(Kind.DTLS_LIMITED)).isEqualTo(1);
    assertThat(one.underWay()).isEqualTo(16);
    pipes.forEach(DatagramPipe::close);
  }

  private static void assertFailed(CompletableFuture<DtlsResult> future, String reason)
      throws Exception {
    DtlsResult result = future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(result).isInstanceOf(DtlsResult.Failed.class);
    assertThat(((DtlsResult.Failed) result).reason()).contains(reason);
  }
}
