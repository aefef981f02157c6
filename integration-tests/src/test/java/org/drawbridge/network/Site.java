package org.drawbridge.network;

/**
 * A host and the NAT it is behind.
 *
 * @param router the NAT, with its outer address
 * @param host who is behind it
 * @param gateway the inner address of the router
 * @param device the host's network device
 */
record Site(NetworkHost router, NetworkHost host, String gateway, String device) {

  /** From now on the router forwards no UDP, as strict company networks do. */
  void blockUdp() {
    Network.in(router, "nft", "add rule ip filter pass meta l4proto udp drop");
  }

  /** From now on the router loses so many of a hundred UDP packets, either way; 0 for none. */
  void loseUdp(int percent) {
    Network.in(router, "nft", "add chain ip filter loss { type filter hook forward priority 1 ; }");
    Network.in(router, "nft", "flush chain ip filter loss");
    if (percent > 0) {
      String dice = percent < 100 ? "numgen random mod 100 < " + percent : "";
      Network.in(router, "nft", "add rule ip filter loss meta l4proto udp " + dice + " drop");
    }
  }

  /** Pulls this site's cable and plugs in another one's. */
  void moveTo(Site other) {
    Network.in(host, "ip", "addr", "flush", "dev", device);
    Network.in(host, "ip", "link", "set", device, "down");
    Network.in(host, "ip", "link", "set", other.device, "up");
    Network.in(host, "ip", "route", "replace", "default", "via", other.gateway);
  }
}
