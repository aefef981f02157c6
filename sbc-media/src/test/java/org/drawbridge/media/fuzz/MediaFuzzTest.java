package org.drawbridge.media.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.drawbridge.media.dtls.DtlsFuzz;
import org.drawbridge.media.relay.RelayFuzz;
import org.drawbridge.media.sdp.SdpSamples;
import org.drawbridge.media.session.OfferFuzz;
import org.drawbridge.media.stun.StunFuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The media targets of {@code bin/fuzz}, on what it has found before (src/test/resources/fuzz) and
 * on mutants, the same ones each time.
 */
class MediaFuzzTest {

  /** Takes one input and throws when something is wrong. */
  interface Run {
    void on(byte[] data) throws Exception;
  }

  /** What is fuzzed. */
  enum Target {
    STUN(StunFuzz::fuzzerTestOneInput, 20_000),
    SDP(OfferFuzz::fuzzerTestOneInput, 1_000),
    RELAY(RelayFuzz::fuzzerTestOneInput, 3_000),
    DTLS(DtlsFuzz::fuzzerTestOneInput, 100);

    final Run run;
    final int mutants;

    Target(Run run, int mutants) {
      this.run = run;
      this.mutants = mutants;
    }

    List<byte[]> seeds() throws Exception {
      return switch (this) {
        case STUN ->
            List.of(
                HexFormat.of()
                    .parseHex(
                        "000100502112a442b7e7a701bc34d686fa87dfae000600097065657265723a78797a00"
                            + "00000000240004"
                            + "6e0001ff80290008932ff9b151263b3600250000"
                            + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf"));
        case SDP ->
            SdpSamples.names().map(name -> SdpSamples.sample(name).getBytes(UTF_8)).toList();
        case RELAY -> List.of(packets());
        case DTLS -> DtlsFuzz.seeds();
      };
    }
  }

  /** Audio, an event, a sender report with a block, feedback, and an extended report. */
  private static byte[] packets() {
    HexFormat hex = HexFormat.of();
    List<String> all =
        List.of(
            "80080001000000a0000000010102030405060708",
            "80650002000000a000000001050a00a0",
            "80650003000000a000000001058a0320",
            "900800040000014000000001bede0001101122330102030405",
            "81c8000c00000001e0000000100000000000014000000002000000a000000002"
                + "0000000000000000000000000000000000000000",
            "81cd000300000001000000020003000081ce00020000000100000002",
            "80cf000a0000000107000008000000020000000000000000000000000000000000000000000000002b29"
                + "0000000000");
    ByteBuffer out = ByteBuffer.allocate(1_000);
    for (int i = 0; i < all.size(); i++) {
      byte[] packet = hex.parseHex(all.get(i));
      out.putShort((short) (packet.length | (i % 3 == 2 ? 0x8000 : 0))).put(packet);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  @ParameterizedTest
  @EnumSource
  void survivesWhatWasFound(Target target) throws Exception {
    for (byte[] seed : target.seeds()) {
      run(target, seed);
    }
    try (Stream<Path> found = Files.list(Path.of("src/test/resources/fuzz"))) {
      for (Path file : found.sorted().toList()) {
        run(target, Files.readAllBytes(file));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void survivesMutants(Target target) throws Exception {
    Random random = new Random(target.ordinal());
    List<byte[]> seeds = target.seeds();
    assertThat(seeds).isNotEmpty();
    for (int i = 0; i < target.mutants; i++) {
      run(target, mutant(seeds.get(random.nextInt(seeds.size())), random));
    }
  }

  private static byte[] mutant(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int n = random.nextInt(5); n >= 0 && bytes.length > 1; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = doubled(bytes, at);
        default -> bytes[at] = bytes[random.nextInt(bytes.length)];
      }
    }
    return bytes;
  }

  private static byte[] doubled(byte[] bytes, int at) {
    byte[] out = Arrays.copyOf(bytes, 2 * bytes.length - at);
    System.arraycopy(bytes, at, out, bytes.length, bytes.length - at);
    return out;
  }

  private static void run(Target target, byte[] data) throws IOException {
    try {
      target.run.on(data);
    } catch (Throwable e) {
      String text = HexFormat.of().formatHex(data);
      throw new AssertionError(target + " fails on " + text, e);
    }
  }
}
