package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpSeatsTest {

  private static final long SECOND = 1_000_000_000L;

  private final TcpSeats seats = new TcpSeats();
  private SocketChannel channel;
  private long number;

  @BeforeEach
  void open() throws Exception {
    channel = SocketChannel.open();
  }

  @AfterEach
  void close() throws Exception {
    channel.close();
  }

  private TcpConnection sit(String address, long nowNanos) {
    InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral(address), 40_000);
    TcpConnection made = new TcpConnection(channel, remote, ++number, nowNanos);
    seats.take(made);
    return made;
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  @Test
  void hostsOfOneIpv6NetworkShareTheirPlaces() {
    for (int i = 0; i < TcpSeats.MOST_OF_SITE; i++) {
      sit("2001:db8:0:1::" + Integer.toHexString(i + 1), 0);
    }
    assertThat(seats.areFull(address("2001:db8:0:1::ffff"))).isTrue();
    assertThat(seats.areFull(address("2001:db8:0:2::1"))).isFalse();
  }

  @Test
  void whoLeavesGivesItsPlaceBackOnce() {
    TcpConnection first = sit("192.0.2.1", 0);
    for (int i = 1; i < TcpSeats.MOST_OF_SITE; i++) {
      sit("192.0.2.1", 0);
    }
    assertThat(seats.leave(first)).isTrue();
    assertThat(seats.leave(first)).isFalse();
    assertThat(seats.areFull(address("192.0.2.1"))).isFalse();
    sit("192.0.2.1", 0);
    assertThat(seats.areFull(address("192.0.2.1"))).isTrue();
  }

  @Test
  void whoIsThereLongestWithoutCredentialsGivesWay() {
    sit("198.51.100.1", 0).authenticated();
    TcpConnection stranger = sit("198.51.100.1", 1);
    for (int i = 2; i < TcpSeats.MOST; i++) {
      sit("10.0." + i / 250 + "." + i % 250, SECOND);
    }
    InetAddress browser = address("203.0.113.7");
    assertThat(seats.areFull(browser)).isTrue();
    assertThat(seats.stranger(browser, SECOND)).isNull();
    assertThat(seats.stranger(browser, 3 * SECOND)).isSameAs(stranger);
  }

  @Test
  void inAFullSiteItIsOneOfThatSite() {
    sit("198.51.100.1", 0);
    TcpConnection ofSite = sit("192.0.2.1", 0);
    for (int i = 1; i < TcpSeats.MOST_OF_SITE; i++) {
      sit("192.0.2.1", 0);
    }
    assertThat(seats.stranger(address("192.0.2.1"), 3 * SECOND)).isSameAs(ofSite);
  }
}
