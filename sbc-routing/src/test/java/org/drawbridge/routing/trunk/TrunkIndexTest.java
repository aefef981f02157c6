package org.drawbridge.routing.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.drawbridge.routing.number.NumberFormat;
import org.drawbridge.routing.value.Addresses;
import org.drawbridge.routing.value.Cidr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrunkIndexTest {

  private static final List<Trunk> TRUNKS =
      List.of(
          trunk("wide", "198.51.0.0/16", "2001:db8::/32"),
          trunk("narrow", "198.51.100.0/24"),
          trunk("host", "198.51.100.7", "2001:db8:1::7"));

  @ParameterizedTest
  @CsvSource({
    "198.51.1.1,     wide",
    "198.51.100.1,   narrow",
    "198.51.100.7,   host",
    "2001:db8:1::7,  host",
    "2001:db8:1::8,  wide",
    "203.0.113.1,    ",
    "2001:dead::1,   ",
  })
  void theLongestPrefixWins(String address, @Nullable String expected) {
    Trunk found = new TrunkIndex(TRUNKS).byAddress(InetAddress.ofLiteral(address));

    assertThat(found == null ? null : found.name()).isEqualTo(expected);
  }

  @Test
  void agreesWithASearchThroughAllNetworks() throws UnknownHostException {
    Random random = new Random(7);
    List<Trunk> trunks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int length = random.nextInt(33);
      trunks.add(
          trunk(
              "t" + i, Addresses.masked(address(random), length).getHostAddress() + "/" + length));
    }
    TrunkIndex index = new TrunkIndex(trunks);
    for (int i = 0; i < 3000; i++) {
      InetAddress address = address(random);
      assertThat(index.byAddress(address)).isSameAs(searched(trunks, address));
    }
  }

  private static InetAddress address(Random random) throws UnknownHostException {
    byte[] bytes = {
      (byte) random.nextInt(4), (byte) random.nextInt(4), (byte) random.nextInt(4), 1
    };
    return InetAddress.getByAddress(bytes);
  }

  /** The first of the trunks whose network is the longest that holds the address. */
  private static @Nullable Trunk searched(List<Trunk> trunks, InetAddress address) {
    return trunks.stream()
        .filter(trunk -> trunk.from().getFirst().contains(address))
        .min(Comparator.comparing(trunk -> -trunk.from().getFirst().prefixLength()))
        .orElse(null);
  }

  private static Trunk trunk(String name, String... networks) {
    List<Cidr> from = Stream.of(networks).map(Cidr::parse).filter(Objects::nonNull).toList();
    assertThat(from).hasSameSizeAs(networks);
    return new Trunk(
        name,
        List.of(),
        from,
        null,
        TrunkMedia.RTP,
        null,
        null,
        Trunk.TRY_TIMEOUT,
        TrunkCare.NONE,
        TrunkRights.NONE,
        TrunkBounds.NONE,
        TrunkProfile.STANDARD,
        NumberFormat.AS_ROUTED,
        TrunkUris.STANDARD,
        TrunkTls.USUAL);
  }
}
