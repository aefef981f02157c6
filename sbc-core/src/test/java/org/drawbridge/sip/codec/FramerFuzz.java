package org.drawbridge.sip.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.drawbridge.sip.message.SipMessage;

/** A stream has the same messages wherever it is cut. */
public final class FramerFuzz {
  /** So many positions are sampled, other ones for each input. */
  private static final int CUTS = 20;

  private FramerFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] data) {
    List<String> whole = events(data, data.length, data.length);
    int step = 1 + data.length / CUTS;
    int first = 1 + Math.floorMod(Arrays.hashCode(data), step);
    for (int cut = first; cut < data.length; cut += step) {
      assertThat(events(data, cut, data.length)).as("cut at %d", cut).isEqualTo(whole);
    }
    assertThat(events(data, 1, 1)).as("byte by byte").isEqualTo(whole);
    assertThat(events(data, 7, 7)).as("by sevens").isEqualTo(whole);
  }

  /** The events of a stream that comes in a first piece and then others of one size. */
  private static List<String> events(byte[] data, int first, int size) {
    StreamFramer framer = new StreamFramer(ParseLimits.DEFAULT);
    List<String> out = new ArrayList<>();
    int from = 0;
    int piece = Math.min(first, data.length);
    while (from < data.length) {
      framer.feed(data, from, piece).forEach(event -> out.add(text(event)));
      from += piece;
      piece = Math.min(size, data.length - from);
    }
    assertThat(framer.buffered()).isLessThanOrEqualTo(ParseLimits.DEFAULT.maxMessage());
    return out;
  }

  private static String text(StreamEvent event) {
    return switch (event) {
      case StreamEvent.Message(ParseResult.Parsed(SipMessage message)) -> message.toString();
      case StreamEvent.Message(var other) -> other.toString();
      case StreamEvent.Ping _ -> "ping";
      case StreamEvent.Pong _ -> "pong";
      case StreamEvent.FramingLost(String reason, var reply) ->
          reason + " " + (reply == null ? "" : reply.toString());
    };
  }
}
