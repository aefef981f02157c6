package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.srtp.SrtpKeys;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Handshakes over networks that lose, repeat and shuffle whole flights and fragments, of peers that
 * send record by record.
 */
// They mostly wait for what is repeated, so others run meanwhile.
@Execution(ExecutionMode.CONCURRENT)
class UnsteadyNetworkTest {

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final DtlsCertificate SERVER = certificate();
  private static final DtlsCertificate CLIENT = certificate();

  private final CompletableFuture<DtlsResult> serverResult = new CompletableFuture<>();
  private final CompletableFuture<DtlsResult> clientResult = new CompletableFuture<>();

  private static DtlsCertificate certificate() {
    return DtlsCertificate.generate(new SecureRandom(), Instant.EPOCH.plusSeconds(1_800_000_000L));
  }

  private static SrtpKeys keys(CompletableFuture<DtlsResult> future) throws Exception {
    DtlsResult result = future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(result).isInstanceOf(DtlsResult.Established.class);
    return ((DtlsResult.Established) result).keys();
  }

  private static void start(
      Role role,
      DtlsCertificate own,
      DtlsCertificate other,
      DatagramPipe pipe,
      CompletableFuture<DtlsResult> result) {
    new DtlsHandshakes(own, TIMEOUT_MILLIS, 1, new MediaCounters())
        .start(role, other.fingerprint(), pipe, result::complete);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 14, 15, 16, 17})
  void fragmentsAndFlightsInAnyOrderEndInTheSameKeys(long seed) throws Exception {
    UnsteadyLink up = new UnsteadyLink(seed);
    UnsteadyLink down = new UnsteadyLink(-seed);
    HelloFragmenter fragmenter = new HelloFragmenter(90, false);
    DatagramPipe[] pipes = new DatagramPipe[2];
    pipes[0] =
        new DatagramPipe(
            sent ->
                Records.of(sent)
                    .forEach(
                        record -> down.pass(List.of(record), d -> pipes[1].offer(d, 0, d.length))));
    pipes[1] =
        new DatagramPipe(
            sent ->
                Records.of(sent)
                    .forEach(
                        record ->
                            up.pass(
                                fragmenter.split(record), d -> pipes[0].offer(d, 0, d.length))));
    start(Role.SERVER, SERVER, CLIENT, pipes[0], serverResult);
    start(Role.CLIENT, CLIENT, SERVER, pipes[1], clientResult);
    SrtpKeys ofServer = keys(serverResult);
    SrtpKeys ofClient = keys(clientResult);
    assertThat(ofServer.local()).isEqualTo(ofClient.remote());
    assertThat(ofServer.remote()).isEqualTo(ofClient.local());
    for (DatagramPipe pipe : pipes) {
      pipe.close();
    }
  }
}
