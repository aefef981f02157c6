package org.drawbridge.routing.trunk;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.value.Addresses;
import org.drawbridge.routing.value.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * Finds a trunk by its name, or the one that a source address belongs to: that with the longest
 * matching prefix. One hash look-up for each prefix length in use, whatever the number of networks.
 * Immutable; any thread may ask.
 */
public final class TrunkIndex {

  private final Map<Cidr, Trunk> byNetwork = new HashMap<>();
  private final Map<String, Trunk> byName = new LinkedHashMap<>();
  private final Map<String, Trunk> byLogin = new HashMap<>();
  private final Map<String, Trunk> byCertificate = new HashMap<>();
  private final Map<TrunkAccount, Trunk> byAccount = new HashMap<>();
  private final int[] v4Lengths;
  private final int[] v6Lengths;

  /** Indexes the {@code from} networks; where two trunks name the same one, the first keeps it. */
  public TrunkIndex(Collection<Trunk> trunks) {
    for (Trunk trunk : trunks) {
      byName.putIfAbsent(trunk.name(), trunk);
      TrunkCredentials login = trunk.rights().login();
      if (login != null) {
        byLogin.putIfAbsent(login.username(), trunk);
      }
      if (trunk.account() != null) {
        byAccount.putIfAbsent(trunk.account(), trunk);
      }
      trunk.rights().certificates().forEach(name -> byCertificate.putIfAbsent(name, trunk));
      trunk.from().forEach(network -> byNetwork.putIfAbsent(network, trunk));
    }
    this.v4Lengths = lengths(true);
    this.v6Lengths = lengths(false);
  }

  /** The trunk that {@code source} belongs to, or null for a stranger. */
  public @Nullable Trunk byAddress(InetAddress source) {
    for (int length : source instanceof Inet4Address ? v4Lengths : v6Lengths) {
      Trunk trunk = byNetwork.get(new Cidr(Addresses.masked(source, length), length));
      if (trunk != null) {
        return trunk;
      }
    }
    return null;
  }

  /** The trunk of this name, or null where there is none. */
  public @Nullable Trunk byName(String name) {
    return byName.get(name);
  }

  /** The trunk that signs in with this username, or null where there is none. */
  public @Nullable Trunk byLogin(String username) {
    return byLogin.get(username);
  }

  /** The trunk that registers with us as this account, or null where none does. */
  public @Nullable Trunk byAccount(String user, String domain) {
    return byAccount.isEmpty() ? null : byAccount.get(new TrunkAccount(user, domain));
  }

  /** Whether there is a trunk that registers with us. */
  public boolean hasAccounts() {
    return !byAccount.isEmpty();
  }

  /**
   * The trunk that a verified certificate belongs to, or null where it is nobody's.
   *
   * @param names what the certificate says its owner is, in lower case
   */
  public @Nullable Trunk byCertificate(List<String> names) {
    if (byCertificate.isEmpty()) {
      return null;
    }
    for (String name : names) {
      Trunk trunk = byCertificate.get(name);
      if (trunk != null) {
        return trunk;
      }
    }
    return null;
  }

  /** Whether there is a trunk that signs in. */
  public boolean hasLogins() {
    return !byLogin.isEmpty();
  }

  /** All trunks, in their order. */
  public Collection<Trunk> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The prefix lengths in use, longest first. */
  private int[] lengths(boolean v4) {
    return byNetwork.keySet().stream()
        .filter(network -> network.isV4() == v4)
        .map(Cidr::prefixLength)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
