package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;
import org.junit.jupiter.api.Test;

/** What a browser is told of the ways to reach us (RFC 8839 5.1, RFC 6544 4.5). */
class CandidateLinesTest {

  private static final InetSocketAddress FOUR = address("192.0.2.1");
  private static final InetSocketAddress SIX = address("2001:db8::1");
  private static final IceCredentials ICE =
      new IceCredentials("ufragufr", "passwordpasswordpassword");

  private static InetSocketAddress address(String literal) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), 10_000);
  }

  private static List<String> candidates(LocalMedia local) {
    return new WebRtcProfile(() -> local, "sha-256 AB", "stream track")
        .offerLines(Direction.SENDRECV).stream()
            .map(SdpLine::toString)
            .filter(line -> line.contains("candidate:"))
            .map(line -> line.substring(line.indexOf("candidate:")).strip().replaceAll("]$", ""))
            .toList();
  }

  @Test
  void udpOfBothFamiliesComesBeforePassiveTcp() {
    LocalMedia local = new LocalMedia(FOUR, FOUR, List.of(FOUR, SIX), List.of(FOUR, SIX), ICE);
    assertThat(candidates(local))
        .containsExactly(
            "candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host",
            "candidate:2 1 udp 2130706175 2001:db8:0:0:0:0:0:1 10000 typ host",
            "candidate:3 1 tcp 1520435199 192.0.2.1 10000 typ host tcptype passive",
            "candidate:4 1 tcp 1520434943 2001:db8:0:0:0:0:0:1 10000 typ host tcptype passive");
  }

  @Test
  void withoutAListenerThereIsNoTcp() {
    LocalMedia local = new LocalMedia(FOUR, FOUR, List.of(FOUR), ICE);
    assertThat(candidates(local)).hasSize(1).allMatch(line -> line.contains(" udp "));
  }
}
