package org.drawbridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CandidatesTest {

  @Test
  void onlyAddressesThatACheckCanBeSentToAreRead() {
    Stream<String> lines =
        Stream.of(
            "1 1 UDP 100 192.0.2.7 4000 typ host",
            "2 1 udp 2130706431 198.51.100.7 4002 typ srflx raddr 10.0.0.1 rport 4002",
            "3 2 udp 2130706431 192.0.2.7 4001 typ host",
            "4 1 tcp 2130706431 192.0.2.7 9 typ host tcptype active",
            "5 1 udp 2130706431 0a1b2c3d.local 4000 typ host",
            "6 1 udp 2130706431 239.1.2.3 4000 typ host",
            "7 1 udp 2130706431 255.255.255.255 4000 typ host",
            "8 1 udp 2130706431 0.0.0.0 4000 typ host",
            "9 1 udp 2130706431 192.0.2.7 0 typ host",
            "a 1 udp x 192.0.2.7 4000 typ host",
            "b 1 udp 200 2001:db8::7 4000 typ host",
            "c 1");
    assertThat(Candidates.read(lines))
        .map(address -> address.getAddress().getHostAddress() + ' ' + address.getPort())
        .containsExactly("198.51.100.7 4002", "2001:db8:0:0:0:0:0:7 4000", "192.0.2.7 4000");
  }
}
