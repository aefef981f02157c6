package org.drawbridge.media.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.media.libc.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Address objects of sources that were seen before, so that a packet of a known one makes no
 * object. A table of fixed size: a new source takes the place of another when there is no room near
 * its own. Confined to a media loop.
 */
final class AddressCache {

  private static final int SIZE = 8192;
  private static final int PROBES = 8;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private final @Nullable Known[] table = new Known[SIZE];

  /** An address that remembers the numbers it was made from. */
  static final class Known extends InetSocketAddress {

    private static final long serialVersionUID = 1;

    private final transient SocketAddress numbers;

    private Known(InetAddress address, SocketAddress numbers) {
      super(address, numbers.port());
      this.numbers = numbers;
    }

    private boolean is(long high, long low, int port) {
      return numbers.low() == low && numbers.port() == port && numbers.high() == high;
    }
  }

  /** The address object for these numbers, see {@link SocketAddress}. */
  InetSocketAddress of(long high, long low, int port) {
    int start = slot(high, low, port);
    for (int i = 0; i < PROBES; i++) {
      int at = start + i & SIZE - 1;
      Known known = table[at];
      if (known == null) {
        return table[at] = make(high, low, port);
      }
      if (known.is(high, low, port)) {
        return known;
      }
    }
    return table[start] = make(high, low, port);
  }

  private static int slot(long high, long low, int port) {
    long mixed = (high * 31 + low) * 31 + port;
    return (int) (mixed * MIX >>> 40) & SIZE - 1;
  }

  private static Known make(long high, long low, int port) {
    SocketAddress numbers = new SocketAddress(high, low, port);
    return new Known(numbers.inetAddress(), numbers);
  }

  /** The numbers of an address, kept where it came from here. */
  static SocketAddress numbers(InetSocketAddress address) {
    return address instanceof Known known ? known.numbers : SocketAddress.of(address);
  }
}
