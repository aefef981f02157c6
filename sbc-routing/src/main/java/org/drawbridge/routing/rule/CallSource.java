package org.drawbridge.routing.rule;

import java.net.InetAddress;

/**
 * Who sent a request, as proven by digest or by source address and not as its From header claims.
 */
public sealed interface CallSource {

  /** An account of ours that passed digest authentication. */
  record Registered(String account, String domain) implements CallSource {}

  /** A peer whose source address lies in the {@code from} networks of a trunk. */
  record FromTrunk(String name) implements CallSource {}

  /** Anyone else. */
  record Anonymous(InetAddress address) implements CallSource {}
}
