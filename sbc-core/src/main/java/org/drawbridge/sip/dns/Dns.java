package org.drawbridge.sip.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the domain name system says. Blocks nobody; thread-safe. A name or record that does not
 * exist is an empty list; only where nothing could be learned does the future fail.
 */
interface Dns {

  /** What this machine itself says of a host, in its hosts file: then nobody else is asked. */
  CompletableFuture<List<InetAddress>> local(String host);

  /** The NAPTR records of a domain, in any order. */
  CompletableFuture<List<Naptr>> naptr(String domain);

  /** The SRV records of a name such as {@code _sip._udp.example.com}, in any order. */
  CompletableFuture<List<Srv>> srv(String name);

  /** The addresses of a host, IPv4 first. */
  CompletableFuture<List<InetAddress>> addresses(String host);
}
