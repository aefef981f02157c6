package org.drawbridge.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.drawbridge.sip.codec.MessageCorpus;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every message of RFC 4475 and RFC 5118 from a socket into the whole program and back: the table
 * in torture/outcomes.txt says what becomes of each on each transport, and why.
 */
class TortureTest {
  private static final Pattern STATUS = Pattern.compile("SIP/2\\.0 ([2-6]\\d\\d) ");
  private static final Pattern START = Pattern.compile("(?m)(?=^SIP/2\\.0 \\d{3} )");
  private static final String PROBE = "Call-ID: probe-";
  private static final int QUIET_MS = 150;

  /** Another Call-ID may be another thread's, so the request after it may be answered before it. */
  private static final int LATE_MS = 500;

  private static final int WAITING_MS = 1_500;
  private static final int PATIENCE_MS = 5_000;

  /** What the table has in a line. */
  private record Expected(String udp, String tcp, String ws) {
    String on(Transport transport) {
      return switch (transport) {
        case UDP -> udp;
        case TCP -> tcp;
        case WS -> ws;
        case TLS, WSS -> throw new IllegalArgumentException();
      };
    }
  }

  @TempDir Path directory;

  private static List<MessageCorpus.Entry> messages() {
    return Stream.of(
            "/rfc4475/valid.txt",
            "/rfc4475/invalid.txt",
            "/rfc4475/semantics.txt",
            "/rfc5118/messages.txt")
        .flatMap(file -> MessageCorpus.load(file).stream())
        .toList();
  }

  private static Map<String, Expected> table() throws IOException {
    Map<String, Expected> table = new LinkedHashMap<>();
    try (InputStream in = TortureTest.class.getResourceAsStream("/torture/outcomes.txt")) {
      String text = new String(requireNonNull(in).readAllBytes(), UTF_8);
      for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        String[] cells = line.split("\\s*\\|\\s*");
        assertThat(cells).as(line).hasSize(5);
        assertThat(cells[4]).as("reason of " + cells[0]).isNotBlank();
        table.put(cells[0].strip(), new Expected(cells[1], cells[2], cells[3]));
      }
    }
    return table;
  }

  @Test
  void theTableHasEveryMessage() throws IOException {
    assertThat(table().keySet())
        .containsExactlyInAnyOrderElementsOf(
            messages().stream().map(MessageCorpus.Entry::name).toList());
    assertThat(table()).hasSize(49 + 12);
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP", "WS"})
  void everyMessageHasItsOutcome(Transport transport) throws Exception {
    Map<String, Expected> table = table();
    List<String> wrong = new ArrayList<>();
    try (TortureServer server = TortureServer.start(directory)) {
      for (MessageCorpus.Entry entry : messages()) {
        String outcome = outcome(server, transport, entry);
        Expected expected = table.get(entry.name());
        if (expected == null || !expected.on(transport).equals(outcome)) {
          wrong.add(entry + " on " + transport + ": " + outcome + ", expected " + expected);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /**
   * The final statuses that came back, and {@code closed} if the connection went; {@code dropped}
   * if nothing came and the next request was answered, {@code waits} if it was not: it was taken
   * for the rest of the message.
   */
  private static String outcome(
      TortureServer server, Transport transport, MessageCorpus.Entry entry) throws Exception {
    try (TorturePeer peer = TorturePeer.open(transport, server.address(transport))) {
      peer.send(unlikeOthers(entry));
      StringBuilder heard = new StringBuilder();
      boolean open = listen(peer, heard, QUIET_MS);
      if (!open) {
        return (statuses(heard.toString()) + " closed").strip();
      }
      peer.send(probe(entry.name()));
      int patience = transport == Transport.TCP ? WAITING_MS : PATIENCE_MS;
      Probed probed = probed(peer, heard, patience);
      if (statuses(heard.toString()).isEmpty() && probed == Probed.ANSWERED) {
        listen(peer, heard, LATE_MS);
      }
      return withProbe(statuses(heard.toString()), probed);
    }
  }

  private static String withProbe(String statuses, Probed probed) {
    return switch (probed) {
      case CLOSED -> (statuses + " closed").strip();
      case ANSWERED -> statuses.isEmpty() ? "dropped" : statuses;
      case SILENT -> statuses.isEmpty() ? "waits" : statuses + " waits";
    };
  }

  /** Some use the branch and Call-ID of others; they are to be different requests. */
  private static byte[] unlikeOthers(MessageCorpus.Entry entry) {
    return new String(entry.bytes(), ISO_8859_1)
        .replace("z9hG4bKas3-111", "z9hG4bKas3-" + entry.name())
        .replace("z9hG4bKkdjuw\r", "z9hG4bKkdjuw-" + entry.name() + "\r")
        .replace("z9hG4bKkdjuw39234", "z9hG4bKkdjuw39234-" + entry.name())
        .replace("@hlau_4100", "@" + entry.name())
        .getBytes(ISO_8859_1);
  }

  private static byte[] probe(String name) {
    return """
    OPTIONS sip:example.com SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.250;branch=z9hG4bKprobe-NAME;rport
    Max-Forwards: 70
    From: <sip:probe@example.com>;tag=1
    To: <sip:example.com>
    Call-ID: probe-NAME
    CSeq: 1 OPTIONS
    Content-Length: 0

    """
        .replace("NAME", name)
        .replace("\n", "\r\n")
        .getBytes(UTF_8);
  }

  /** Hears until it is quiet for a while; false if the other side closed. */
  private static boolean listen(TorturePeer peer, StringBuilder heard, int ms) throws Exception {
    for (String next = peer.hear(ms); next != null; next = peer.hear(ms)) {
      if (next.equals(TorturePeer.CLOSED)) {
        return false;
      }
      heard.append(next);
    }
    return true;
  }

  /** What became of the request after the message. */
  private enum Probed {
    ANSWERED,
    SILENT,
    CLOSED
  }

  /** On a busy machine the answer to the message may come as late as this. */
  private static Probed probed(TorturePeer peer, StringBuilder heard, int ms) throws Exception {
    for (@Nullable String next = peer.hear(ms); next != null; next = peer.hear(ms)) {
      if (next.equals(TorturePeer.CLOSED)) {
        return Probed.CLOSED;
      }
      heard.append(next);
      if (heard.indexOf(PROBE) >= 0) {
        return Probed.ANSWERED;
      }
    }
    return Probed.SILENT;
  }

  /** Of all answers but that to the probe. */
  private static String statuses(String text) {
    Set<String> found = new LinkedHashSet<>();
    for (String answer : START.split(text)) {
      Matcher matcher = STATUS.matcher(answer);
      if (matcher.lookingAt() && !answer.contains(PROBE)) {
        found.add(matcher.group(1));
      }
    }
    return String.join(" ", found);
  }
}
