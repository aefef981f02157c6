package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.media.libc.SocketAddress;
import org.junit.jupiter.api.Test;

/** Addresses as numbers and back. */
final class AddressCacheTest {

  private final AddressCache cache = new AddressCache();

  private InetSocketAddress through(InetSocketAddress address) {
    SocketAddress numbers = SocketAddress.of(address);
    return cache.of(numbers.high(), numbers.low(), numbers.port());
  }

  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  @Test
  void anAddressOfEitherFamilyComesBackEqual() {
    for (String host : new String[] {"192.0.2.1", "255.255.255.255", "2001:db8::1", "ff02::2"}) {
      InetSocketAddress address = at(host, 65_535);
      assertThat(through(address)).isEqualTo(address).hasSameHashCodeAs(address);
    }
    assertThat(through(at("192.0.2.1", 1)).getAddress()).isInstanceOf(Inet4Address.class);
  }

  @Test
  void aKnownSourceIsTheSameObject() {
    InetSocketAddress first = through(at("192.0.2.1", 4000));
    assertThat(through(at("192.0.2.1", 4000))).isSameAs(first);
    assertThat(through(at("192.0.2.1", 4001))).isNotSameAs(first).isNotEqualTo(first);
    assertThat(AddressCache.numbers(first)).isSameAs(AddressCache.numbers(first));
  }

  @Test
  void aFloodOfSourcesStaysCorrectWithinItsRoom() {
    for (int i = 0; i < 200_000; i++) {
      InetSocketAddress address =
          at("10." + (i >> 16) + '.' + (i >> 8 & 255) + '.' + (i & 255), i & 0xFFFF);
      assertThat(through(address)).isEqualTo(address);
    }
  }
}
