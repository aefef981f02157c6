package org.drawbridge.routing.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,    192.0.2.0,        true",
    "192.0.2.0/24,    192.0.2.255,      true",
    "192.0.2.0/24,    192.0.3.0,        false",
    "192.0.2.128/25,  192.0.2.127,      false",
    "192.0.2.128/25,  192.0.2.128,      true",
    "192.0.2.7,       192.0.2.7,        true",
    "192.0.2.7,       192.0.2.6,        false",
    "0.0.0.0/0,       203.0.113.9,      true",
    "0.0.0.0/0,       2001:db8::1,      false",
    "::/0,            2001:db8::1,      true",
    "::/0,            192.0.2.1,        false",
    "2001:db8::/33,   2001:db8:7fff::1, true",
    "2001:db8::/33,   2001:db8:8000::1, false",
    "2001:db8::5/128, 2001:db8::5,      true",
  })
  void containsItsNetworkOnly(String network, String address, boolean expected) {
    Cidr cidr = Objects.requireNonNull(Cidr.parse(network));

    assertThat(cidr.contains(InetAddress.ofLiteral(address))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/024000",
        "192.0.2.1/24",
        "2001:db8::/129",
        "2001:db8::1/64",
        "example.com/24",
        "192.0.2/24",
        "192.0.2.0/24/24",
        "1/2 "
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThat(Cidr.parse(text)).isNull();
  }
}
