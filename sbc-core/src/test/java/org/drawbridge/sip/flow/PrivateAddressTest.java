package org.drawbridge.sip.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses the internet cannot reach. */
final class PrivateAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.254",
        "192.168.1.1",
        "169.254.3.4",
        "127.0.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "100.127.255.254",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "::1"
      })
  void isPrivate(String address) {
    assertThat(PrivateAddress.is(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "172.15.255.255",
        "172.32.0.1",
        "192.0.2.1",
        "100.63.255.255",
        "100.128.0.1",
        "8.8.8.8",
        "2001:db8::1",
        "fbff::1"
      })
  void isPublic(String address) {
    assertThat(PrivateAddress.is(InetAddress.ofLiteral(address))).isFalse();
  }
}
