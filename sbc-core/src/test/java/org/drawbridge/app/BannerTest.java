package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which address of a machine people are told to type. */
final class BannerTest {

  private static String typed(boolean ipv6Too, String... own) {
    List<InetAddress> all = Stream.of(own).map(InetAddress::ofLiteral).toList();
    return Banner.typed(all, ipv6Too).getHostAddress();
  }

  @Test
  void oneThatOthersReach() {
    assertThat(typed(false, "127.0.0.1", "169.254.1.1", "2001:db8::5", "192.0.2.5"))
        .isEqualTo("192.0.2.5");
  }

  @Test
  void whereThereIsOnlyIpv6AListenerOnAllAddressesIsReachedByThat() {
    assertThat(typed(true, "127.0.0.1", "::1", "fe80::1", "2001:db8::5"))
        .isEqualTo("2001:db8:0:0:0:0:0:5");
    assertThat(typed(true, "2001:db8::5", "192.0.2.5")).isEqualTo("192.0.2.5");
  }

  @Test
  void aMachineByItselfIsReachedFromItself() {
    assertThat(typed(true, "127.0.0.1", "::1")).isEqualTo("127.0.0.1");
    assertThat(typed(false, "127.0.0.1", "2001:db8::5")).isEqualTo("127.0.0.1");
  }
}
