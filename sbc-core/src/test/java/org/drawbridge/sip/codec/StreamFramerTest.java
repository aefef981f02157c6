package org.drawbridge.sip.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.codec.StreamEvent.FramingLost;
import org.drawbridge.sip.codec.StreamEvent.Message;
import org.drawbridge.sip.codec.StreamEvent.Ping;
import org.drawbridge.sip.codec.StreamEvent.Pong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamFramerTest {
  private static final String HEAD =
      "MESSAGE sip:bob@example.com SIP/2.0\r\n"
          + "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1\r\n"
          + "From: <sip:alice@example.com>;tag=1\r\n"
          + "To: <sip:bob@example.com>\r\n"
          + "Call-ID: 1@192.0.2.1\r\n"
          + "CSeq: 1 MESSAGE\r\n";
  private static final ParseLimits SMALL = new ParseLimits(1_000, 200, 20, 500, 100);

  private static String message(String body) {
    return HEAD
        + "Content-Type: text/plain\r\nl: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private static List<StreamEvent> feed(StreamFramer framer, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return framer.feed(bytes, 0, bytes.length);
  }

  private static String describe(StreamEvent event) {
    return switch (event) {
      case Message(ParseResult.Parsed(var message)) -> "message " + message.bodyText();
      case Message(ParseResult other) -> other.getClass().getSimpleName();
      case Ping _ -> "ping";
      case Pong _ -> "pong";
      case FramingLost(String reason, var reply) ->
          reason + (reply == null ? "" : " " + reply.status());
    };
  }

  private static List<String> describe(List<StreamEvent> events) {
    return events.stream().map(StreamFramerTest::describe).toList();
  }

  @Test
  void findsTheSameEventsAtEverySplit() {
    String stream =
        message("one")
            + "\r\n\r\n"
            + message("")
            + message("\r\n\r\nSIP/2.0 ü")
            + "\r\n"
            + message("4");
    List<String> expected =
        List.of(
            "message one",
            "pong",
            "ping",
            "message ",
            "message \r\n\r\nSIP/2.0 ü",
            "pong",
            "message 4");
    byte[] bytes = stream.getBytes(UTF_8);
    for (int split = 0; split <= bytes.length; split++) {
      StreamFramer framer = new StreamFramer(ParseLimits.DEFAULT);
      List<StreamEvent> events = new ArrayList<>(framer.feed(bytes, 0, split));
      events.addAll(framer.feed(bytes, split, bytes.length - split));
      assertThat(describe(events)).as("split at %d", split).isEqualTo(expected);
      assertThat(framer.buffered()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void findsTheSameEventsInSmallPieces(int size) {
    byte[] bytes =
        (message("one") + message("two") + "\r\n\r\n" + message("three")).getBytes(UTF_8);
    StreamFramer framer = new StreamFramer(SMALL);
    List<StreamEvent> events = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += size) {
      events.addAll(framer.feed(bytes, i, Math.min(size, bytes.length - i)));
    }
    assertThat(describe(events))
        .containsExactly("message one", "message two", "pong", "ping", "message three");
  }

  @Test
  void manyMessagesInOnePieceNeedNoMoreThanOneMessageOfMemory() {
    List<StreamEvent> events = feed(new StreamFramer(SMALL), message("x".repeat(300)).repeat(50));
    assertThat(events).hasSize(50).allMatch(e -> describe(e).startsWith("message x"));
  }

  @Test
  void malformedMessageWithKnownLengthLeavesTheStreamUsable() {
    String bad = message("x").replace("1 MESSAGE", "1 INVITE");
    assertThat(describe(feed(new StreamFramer(SMALL), bad + message("good"))))
        .containsExactly("Malformed", "message good");
  }

  @Test
  void noContentLengthAndNoContentTypeMeansNoBody() {
    assertThat(describe(feed(new StreamFramer(SMALL), HEAD + "\r\n" + message("next"))))
        .containsExactly("message ", "message next");
  }

  @Test
  void foldedAndSpacedContentLengthIsUnderstood() {
    String folded = HEAD + "Content-Length  : \r\n  3\r\n\r\nabc";
    assertThat(describe(feed(new StreamFramer(SMALL), folded))).containsExactly("message abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain\r\n\r\nwhat",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 1x\r\n\r\n",
        "Content-Length: \r\n\r\n",
        "Content-Length: 1\r\nl: 1\r\n\r\n",
        "Content-Length: 99999999999\r\n\r\n"
      })
  void unknownBodyLengthIsAnsweredAndEndsTheStream(String rest) {
    StreamFramer framer = new StreamFramer(SMALL);
    List<StreamEvent> events = feed(framer, HEAD + rest);
    assertThat(describe(events)).singleElement().asString().endsWith(" 400");
    assertThat(feed(framer, message("late"))).isEmpty();
  }

  @Test
  void bodyBeyondTheLimitIsAnsweredWith513WithoutWaitingForIt() {
    assertThat(describe(feed(new StreamFramer(SMALL), HEAD + "Content-Length: 501\r\n\r\n")))
        .containsExactly("Message Too Large 513");
  }

  @Test
  void theBeginningOfTheNextMessageDoesNotKeepTheBufferOfALargeOne() {
    StreamFramer framer = new StreamFramer(ParseLimits.DEFAULT);
    String large = message("x".repeat(60_000));
    String next = message("y".repeat(20_000));
    feed(framer, large.substring(0, 40_000));
    feed(framer, large.substring(40_000, 60_000));
    assertThat(describe(feed(framer, large.substring(60_000) + next.charAt(0)))).hasSize(1);
    assertThat(framer.buffered()).isEqualTo(1);
    assertThat(framer.capacity()).isLessThanOrEqualTo(4_096);
    feed(framer, next.substring(1, 10_000));
    assertThat(framer.capacity()).isLessThanOrEqualTo(40_000);
    assertThat(describe(feed(framer, next.substring(10_000) + "\r")))
        .containsExactly("message " + "y".repeat(20_000));
    assertThat(framer.capacity()).isLessThanOrEqualTo(4_096);
    assertThat(describe(feed(framer, "\n" + message("z")))).containsExactly("pong", "message z");
  }

  @Test
  void headersWithoutEndAreCutOffAtTheLimit() {
    StreamFramer framer = new StreamFramer(SMALL);
    assertThat(describe(feed(framer, "INVITE sip:a@b SIP/2.0\r\n" + "A: b\r\n".repeat(500))))
        .containsExactly("Headers do not end");
    assertThat(framer.buffered()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0016\u0003\u0001\u0002", "GET / HTTP/1.1\r\n\r\n", "\rX", "\nINVITE"})
  void anotherProtocolEndsTheStream(String bytes) {
    assertThat(feed(new StreamFramer(SMALL), bytes))
        .singleElement()
        .isInstanceOf(FramingLost.class);
  }
}
