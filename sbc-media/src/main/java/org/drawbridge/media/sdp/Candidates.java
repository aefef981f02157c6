package org.drawbridge.media.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code a=candidate} lines (RFC 8839 5.1). */
final class Candidates {

  private static final int MOST = 64;
  private static final int MAX_PORT = 65_535;
  private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");

  private Candidates() {}

  private record Candidate(long priority, InetSocketAddress address) {}

  /**
   * The addresses of the first component over UDP that a check can be sent to, the most preferred
   * first. Names are left out, and groups of receivers: nobody shall make us flood a network.
   */
  static List<InetSocketAddress> read(Stream<String> lines) {
    return lines
        .limit(MOST)
        .map(Candidates::parse)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Candidate::priority).reversed())
        .map(Candidate::address)
        .toList();
  }

  private static @Nullable Candidate parse(String value) {
    String[] words = Words.of(value);
    if (words.length < 8 || !words[1].equals("1") || !words[2].equalsIgnoreCase("udp")) {
      return null;
    }
    InetAddress address = new Connection(words[4]).unicast();
    int port = CodecReader.number(words[5], MAX_PORT);
    boolean usable = address != null && !address.equals(BROADCAST) && port > 0;
    return usable && words[3].matches("[0-9]{1,10}")
        ? new Candidate(Long.parseLong(words[3]), new InetSocketAddress(address, port))
        : null;
  }
}
