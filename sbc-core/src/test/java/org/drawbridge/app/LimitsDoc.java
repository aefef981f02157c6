package org.drawbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.metrics.Sample;
import org.jspecify.annotations.Nullable;

/** The table of {@code docs/limits.md}. */
final class LimitsDoc {

  /**
   * Bounds that take too long to hit in a running program; tests of their own walk them: {@code
   * TlsTransportTest}, {@code StreamTransportTest}, {@code WebSocketPingTest}, {@code
   * SignallingLoopTest}, {@code ServerSideTest}, {@code LimitedCallTest}, {@code BoundsTest},
   * {@code MultipartCallTest}, {@code ProxiedMediaTest}, {@code HandshakeTest}, {@code
   * StunServerTest}, {@code TcpConnectionTest}, {@code TcpSeatsTest}, {@code IceTcpTest}, {@code
   * UnreadMemoryTest}, {@code AccountShareTest}.
   */
  static final Set<String> WALKED_ELSEWHERE =
      Set.of(
          "memory for the connections of peers that have not shown who they are: 16 KB for one with"
              + " TLS, 4 KB for one without",
          "memory for what has come of messages that are not whole and for what is not read, of all"
              + " connections whose peers have not shown who they are, and of all others",
          "TLS handshake",
          "first message on a connection, rest of one that has begun",
          "bytes that wait for a peer that does not read",
          "pings of ours without an answer",
          "tasks that wait for a signalling loop",
          "time that tasks wait for a signalling loop",
          "transactions of a loop",
          "calls at once",
          "calls at once of an account whose `limits` do not say how many, or that only a PBX knows",
          "calls at once on one loop, and so dialogs",
          "calls passed on, on one loop",
          "subscriptions relayed at once on one loop, those being asked for included; of one account,"
              + " or of all strangers together",
          "heap that is needed: in use after a collection of the whole of it",
          "messages (MESSAGE, PUBLISH, and OPTIONS for others) of one account, or of all strangers"
              + " together; not of trunks, nor of `emergency` routes",
          "devices of an account that ring at once",
          "parts of the body of a request; multiparts within one another",
          "DTLS handshakes at once",
          "TCP connections for media, of one loop; of one address (IPv6: /64)",
          "TCP connection for media that shows no credentials, or falls silent",
          "bytes of media that wait for a TCP peer that reads slowly",
          "packets of RTP and RTCP of one phone's or trunk's stream in a call",
          "media for a caller that has neither acknowledged our answer nor sent anything",
          "STUN requests without a call's credentials, of one IPv4 /24 or IPv6 /48");

  private static final Pattern METRIC =
      Pattern.compile("`(drawbridge_[a-z_]+)(?:\\{[a-z]+=\"([^\"]+)\"})?`");

  private LimitsDoc() {}

  /** A counter; every value of its label counts where none is named. */
  record Metric(String name, @Nullable String value) {
    boolean is(Sample sample) {
      return sample.name().equals(name) && (value == null || sample.value().equals(value));
    }
  }

  /** One bound. */
  record Row(String title, List<Metric> counters) {
    @Override
    public String toString() {
      return title;
    }
  }

  static List<Row> rows() {
    try (var lines = Files.lines(Path.of("..", "docs", "limits.md"))) {
      return lines
          .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
          .skip(1)
          .map(LimitsDoc::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split("\\|");
    List<Metric> counters = new ArrayList<>();
    Matcher metric = METRIC.matcher(cells[cells.length - 1]);
    while (metric.find()) {
      counters.add(new Metric(metric.group(1), metric.group(2)));
    }
    return new Row(cells[1].strip(), counters);
  }
}
