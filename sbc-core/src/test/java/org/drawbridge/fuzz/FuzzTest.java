package org.drawbridge.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.drawbridge.sip.codec.FramerFuzz;
import org.drawbridge.sip.codec.MessageCorpus;
import org.drawbridge.sip.codec.ParserFuzz;
import org.drawbridge.sip.grammar.GrammarFuzz;
import org.drawbridge.sip.transport.WebSocketFuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The targets of {@code bin/fuzz}, on what it has found before (src/test/resources/fuzz) and on a
 * few thousand mutants, the same ones each time.
 */
class FuzzTest {
  private static final int MUTANTS = 2_000;
  private static final List<String> VALUES =
      List.of(
          "username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:h\", response=\"66\", nc=00000001",
          "1800;refresher=uac",
          "4294967295 17 INVITE",
          "abc@h;to-tag=1;from-tag=2;early-only",
          "active;expires=60;reason=timeout;retry-after=3",
          "Q.850;cause=16;text=\"bye, then\"",
          "<sip:a@b?Replaces=x%3Bto-tag%3D1>;tag=z, \"n\" <tel:+1>");

  /** What is fuzzed. */
  enum Target {
    PARSER(ParserFuzz::fuzzerTestOneInput),
    FRAMER(FramerFuzz::fuzzerTestOneInput),
    WEB_SOCKET(WebSocketFuzz::fuzzerTestOneInput),
    GRAMMAR(GrammarFuzz::fuzzerTestOneInput);

    final Consumer<byte[]> run;

    Target(Consumer<byte[]> run) {
      this.run = run;
    }

    List<byte[]> seeds() {
      return switch (this) {
        case PARSER, WEB_SOCKET -> messages();
        case FRAMER -> pairs(messages());
        case GRAMMAR -> VALUES.stream().map(value -> value.getBytes(UTF_8)).toList();
      };
    }
  }

  private static List<byte[]> messages() {
    return Stream.of(
            "/sip/samples.txt",
            "/rfc4475/valid.txt",
            "/rfc4475/invalid.txt",
            "/rfc4475/semantics.txt",
            "/rfc5118/messages.txt")
        .flatMap(file -> MessageCorpus.load(file).stream())
        .map(MessageCorpus.Entry::bytes)
        .filter(bytes -> bytes.length < 4_000)
        .toList();
  }

  private static List<byte[]> pairs(List<byte[]> messages) {
    List<byte[]> out = new ArrayList<>();
    for (int i = 1; i < messages.size(); i += 2) {
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(messages.get(i - 1));
      both.writeBytes("\r\n\r\n".getBytes(UTF_8));
      both.writeBytes(messages.get(i));
      out.add(both.toByteArray());
    }
    return out;
  }

  @ParameterizedTest
  @EnumSource
  void survivesWhatWasFound(Target target) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of("src/test/resources/fuzz"))) {
      files = found.sorted().toList();
    }
    assertThat(files).isNotEmpty();
    files.forEach(file -> run(target, read(file)));
    target.seeds().forEach(seed -> run(target, seed));
  }

  @ParameterizedTest
  @EnumSource
  void survivesMutants(Target target) {
    Random random = new Random(target.ordinal());
    List<byte[]> seeds = target.seeds();
    int rounds = target == Target.FRAMER ? MUTANTS / 10 : MUTANTS;
    for (int i = 0; i < rounds; i++) {
      run(target, mutant(seeds.get(random.nextInt(seeds.size())), random));
    }
  }

  private static byte[] mutant(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int n = random.nextInt(4); n >= 0 && bytes.length > 1; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = without(bytes, at, 1 + random.nextInt(Math.min(9, bytes.length - at)));
        case 2 -> bytes = twice(bytes, at, 1 + random.nextInt(Math.min(40, bytes.length - at)));
        default -> bytes[at] = bytes[random.nextInt(bytes.length)];
      }
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.write(bytes, at + count, bytes.length - at - count);
    return out.toByteArray();
  }

  private static byte[] twice(byte[] bytes, int at, int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at + count);
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  private static void run(Target target, byte[] input) {
    try {
      target.run.accept(input);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(target + " on " + HexFormat.of().formatHex(input), e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
