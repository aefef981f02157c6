package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.junit.jupiter.api.Test;

/** Connections of those who only hold them, where all places are taken. */
class StrangersGiveWayTest {
  private static final Duration TIME = Duration.ofSeconds(30);

  /** A quarter of it has room for two connections with TLS, or nine without. */
  private static final int HEAP = 160_000;

  private final TransportCounters counters = new TransportCounters();
  private long now;

  private ConnectionCaps caps(int connections, int perPeer) {
    TransportLimits limits = TestServer.limits(TIME, connections, perPeer);
    return new ConnectionCaps(() -> limits, counters, () -> now, HEAP);
  }

  private static EmbeddedChannel from(String host) {
    InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral(host), 40_000);
    return new EmbeddedChannel() {
      @Override
      protected SocketAddress remoteAddress0() {
        return remote;
      }
    };
  }

  private static EmbeddedChannel entered(ConnectionCaps caps, String host) {
    return entered(caps, Transport.WS, host);
  }

  private static EmbeddedChannel entered(ConnectionCaps caps, Transport transport, String host) {
    EmbeddedChannel channel = from(host);
    assertThat(caps.admit(transport, channel)).isTrue();
    return channel;
  }

  /** With keys of its own each takes 13 KB of the heap: 32,000 would fill the one we have. */
  @Test
  void strangersTakeNoMoreMemoryThanTheirShareByBeingThere() {
    ConnectionCaps caps = caps(100, 100);
    EmbeddedChannel plain = entered(caps, "198.51.100.1");
    now += 1;
    EmbeddedChannel first = entered(caps, Transport.TLS, "198.51.100.2");
    EmbeddedChannel second = entered(caps, Transport.TLS, "198.51.100.3");
    assertThat(caps.admit(Transport.WSS, from("198.51.100.4"))).isFalse();
    assertThat(counters.get(Transport.WSS, Kind.REFUSED_TOTAL)).isEqualTo(1);
    ConnectionCaps.keep(second, "1001");
    EmbeddedChannel third = entered(caps, Transport.WSS, "198.51.100.5");
    now += TIME.toNanos();
    EmbeddedChannel fourth = entered(caps, Transport.WSS, "198.51.100.6");
    assertThat(List.of(plain, first, second, third, fourth))
        .extracting(EmbeddedChannel::isOpen)
        .containsExactly(false, false, true, true, true);
    assertThat(counters.get(Transport.TLS, Kind.GAVE_WAY)).isEqualTo(1);
  }

  @Test
  void whoHasOnlyHeldItsConnectionGivesWayToNewcomersOldestFirst() {
    ConnectionCaps caps = caps(3, 3);
    EmbeddedChannel known = entered(caps, "192.0.2.1");
    ConnectionCaps.keep(known);
    EmbeddedChannel first = entered(caps, "198.51.100.1");
    EmbeddedChannel second = entered(caps, "198.51.100.2");
    now += TIME.toNanos();
    EmbeddedChannel newcomer = entered(caps, "192.0.2.2");
    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
    assertThat(caps.admitOutgoing(Transport.TCP, from("192.0.2.3"))).isTrue();
    assertThat(second.isOpen()).isFalse();
    assertThat(known.isOpen()).isTrue();
    assertThat(newcomer.isOpen()).isTrue();
    assertThat(counters.get(Transport.WS, Kind.GAVE_WAY)).isEqualTo(2);
  }

  @Test
  void whoHasJustComeHasItsTimeAndWhoHasShownWhoItIsStays() {
    ConnectionCaps caps = caps(2, 2);
    ConnectionCaps.keep(entered(caps, "192.0.2.1"));
    EmbeddedChannel young = entered(caps, "198.51.100.1");
    now += TIME.toNanos() - 1;
    assertThat(caps.admit(Transport.WS, from("192.0.2.2"))).isFalse();
    ConnectionCaps.keep(young);
    now += TIME.toNanos();
    assertThat(caps.admit(Transport.WS, from("192.0.2.2"))).isFalse();
    assertThat(counters.get(Transport.WS, Kind.REFUSED_TOTAL)).isEqualTo(2);
    young.close();
    entered(caps, "192.0.2.2");
  }

  @Test
  void aNeighbourBehindTheSameAddressLeavesRoomToo() {
    ConnectionCaps caps = caps(10, 1);
    EmbeddedChannel holds = entered(caps, "192.0.2.1");
    EmbeddedChannel elsewhere = entered(caps, "192.0.2.9");
    now += TIME.toNanos();
    ConnectionCaps.keep(entered(caps, "192.0.2.1"));
    assertThat(holds.isOpen()).isFalse();
    assertThat(elsewhere.isOpen()).isTrue();
    assertThat(caps.admit(Transport.WS, from("192.0.2.1"))).isFalse();
    assertThat(counters.get(Transport.WS, Kind.REFUSED_PEER)).isEqualTo(1);
    assertThat(counters.open(Transport.WS)).isEqualTo(2);
  }

  @Test
  void strangersOfOneIpv6NetworkShareThePlacesOfOneAddress() {
    ConnectionCaps caps = caps(10, 2);
    ConnectionCaps.keep(entered(caps, "2001:db8:7:1::1"));
    EmbeddedChannel first = entered(caps, "2001:db8:7:2::1");
    entered(caps, "2001:db8:7:3::1");
    assertThat(caps.admit(Transport.WS, from("2001:db8:7:4::1"))).isFalse();
    entered(caps, "2001:db8:8:4::1");
    now += TIME.toNanos();
    entered(caps, "2001:db8:7:4::1");
    assertThat(first.isOpen()).isFalse();
    assertThat(counters.get(Transport.WS, Kind.REFUSED_PEER)).isEqualTo(1);
  }

  @Test
  void oneAccountKeepsNoMoreConnectionsThanOneAddressHas() {
    ConnectionCaps caps = caps(5, 2);
    List<EmbeddedChannel> same =
        IntStream.range(0, 3).mapToObj(i -> entered(caps, "198.51.100." + i)).toList();
    same.forEach(channel -> ConnectionCaps.keep(channel, "1001"));
    EmbeddedChannel other = entered(caps, "192.0.2.1");
    ConnectionCaps.keep(other, "1002");
    EmbeddedChannel calls = entered(caps, "192.0.2.2");
    ConnectionCaps.keep(calls, "1002");
    ConnectionCaps.hold(calls);
    now += TIME.toNanos();
    ConnectionCaps.keep(same.get(1), "1001");
    entered(caps, "192.0.2.3");
    assertThat(same).extracting(EmbeddedChannel::isOpen).containsExactly(false, true, true);
    assertThat(other.isOpen()).isTrue();
    assertThat(caps.admit(Transport.WS, from("192.0.2.4"))).isFalse();
  }

  @Test
  void aConnectionInACallStaysWhateverItsOwnerDoes() {
    ConnectionCaps caps = caps(3, 2);
    EmbeddedChannel calls = entered(caps, "198.51.100.1");
    ConnectionCaps.keep(calls, "1001");
    ConnectionCaps.hold(calls);
    ConnectionCaps.hold(calls);
    ConnectionCaps.letGo(calls);
    for (int i = 2; i < 4; i++) {
      ConnectionCaps.keep(entered(caps, "198.51.100." + i), "1001");
    }
    now += TIME.toNanos();
    assertThat(caps.admit(Transport.WS, from("192.0.2.4"))).isFalse();
    assertThat(calls.isOpen()).isTrue();
  }

  @Test
  void callsThatAreOverHoldNoPlaces() {
    ConnectionCaps caps = caps(4, 2);
    List<EmbeddedChannel> same =
        IntStream.range(0, 3).mapToObj(i -> entered(caps, "198.51.100." + i)).toList();
    for (EmbeddedChannel channel : same) {
      ConnectionCaps.keep(channel, "1001");
      ConnectionCaps.hold(channel);
    }
    EmbeddedChannel nobody = entered(caps, "198.51.100.9");
    ConnectionCaps.hold(nobody);
    now += TIME.toNanos();
    assertThat(caps.admit(Transport.WS, from("192.0.2.1"))).isFalse();
    same.forEach(ConnectionCaps::letGo);
    EmbeddedChannel newcomer = entered(caps, "192.0.2.1");
    ConnectionCaps.letGo(nobody);
    now += TIME.toNanos();
    ConnectionCaps.keep(newcomer);
    entered(caps, "192.0.2.2");
    assertThat(same).extracting(EmbeddedChannel::isOpen).containsExactly(false, true, true);
    assertThat(nobody.isOpen()).isFalse();
    assertThat(ConnectionCaps.gaveWay(nobody)).isTrue();
    assertThat(ConnectionCaps.gaveWay(same.get(1))).isFalse();
  }
}
