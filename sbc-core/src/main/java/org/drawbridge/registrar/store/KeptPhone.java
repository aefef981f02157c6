package org.drawbridge.registrar.store;

import java.net.InetAddress;
import java.util.List;
import org.drawbridge.registrar.Binding;

/**
 * A phone that has signed in through us at a PBX, as it is kept over a restart.
 *
 * @param binding its account at the PBX, its Contact and flow
 * @param registrar the address that its PBX answered from
 * @param serviceRoute by which proxies of the PBX's house its requests are to go (RFC 3608)
 */
public record KeptPhone(Binding binding, InetAddress registrar, List<String> serviceRoute) {

  public KeptPhone {
    serviceRoute = List.copyOf(serviceRoute);
  }
}
