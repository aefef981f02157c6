package org.drawbridge.sip.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, nothing throws, and what was accepted can be worked with. */
class HostileInputTest {
  private static final int ROUNDS = 20_000;
  private static final List<byte[]> CORPUS =
      Stream.of(
              "/sip/samples.txt",
              "/rfc4475/valid.txt",
              "/rfc4475/semantics.txt",
              "/rfc4475/invalid.txt")
          .flatMap(file -> MessageCorpus.load(file).stream())
          .map(MessageCorpus.Entry::bytes)
          .toList();

  private static byte[] mutant(Random random) {
    byte[] bytes = CORPUS.get(random.nextInt(CORPUS.size()));
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = Mutation.of(bytes, random);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void acceptedMessagesCanBeReadEditedAndAnswered(long seed) {
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = mutant(random);
      switch (SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT)) {
        case ParseResult.Parsed(SipMessage message) -> {
          accepted++;
          workWith(message);
        }
        case ParseResult.Malformed m -> assertThat(m.status()).isBetween(400, 513);
        case ParseResult.KeepAlive _ -> throw new AssertionError("not only line breaks");
      }
    }
    assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS);
  }

  private static void workWith(SipMessage message) {
    NameAddr from = message.from();
    SipMessage edited =
        message
            .edit()
            .removeFirst(HeaderName.VIA)
            .headerFirst(
                HeaderName.VIA, message.topVia().withReceived("2001:db8::1", 5060).toString())
            .replace(HeaderName.FROM, from.withTag("t").toString())
            .remove(HeaderName.ROUTE)
            .build();
    assertThat(edited.fromTag()).isEqualTo("t");
    assertThat(edited.from().displayName()).isEqualTo(from.displayName());
    assertThat(edited.topVia().received()).isEqualTo("2001:db8::1");
    assertThat(edited.body()).isEqualTo(message.body());
    byte[] wire = edited.wire();
    assertThat(SipParser.parse(wire, 0, wire.length, ParseLimits.DEFAULT))
        .isInstanceOf(ParseResult.Parsed.class);
    if (message instanceof SipRequest request) {
      SipResponse answer = SipResponse.to(request, 200, "OK", "mine").build();
      assertThat(answer.vias()).isEqualTo(request.vias());
      assertThat(answer.toTag()).isNotNull();
    }
    readTheRest(message.headers());
  }

  private static void readTheRest(Headers headers) {
    HeaderGrammar.credentials(headers, HeaderName.AUTHORIZATION);
    HeaderGrammar.sessionExpires(headers);
    HeaderGrammar.optionTags(headers, HeaderName.SUPPORTED);
    for (Headers.Field field : headers) {
      assertThat(headers.all(field.name())).contains(field.value());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void noGarbageThrows(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      bytes[0] = 'I';
      assertThat(SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT))
          .isInstanceOf(ParseResult.Malformed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void streamsOfMutantsStayWithinTheirMemory(long seed) {
    Random random = new Random(seed);
    ParseLimits limits = new ParseLimits(2_000, 800, 64, 1_000, 500);
    for (int i = 0; i < 500; i++) {
      StreamFramer framer = new StreamFramer(limits);
      for (int k = 0; k < 10; k++) {
        byte[] bytes = mutant(random);
        int cut = random.nextInt(bytes.length);
        framer.feed(bytes, 0, cut);
        framer.feed(bytes, cut, bytes.length - cut);
        assertThat(framer.buffered()).isLessThanOrEqualTo(limits.maxMessage());
      }
    }
  }
}
