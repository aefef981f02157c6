package org.drawbridge.upstream;

import java.net.InetAddress;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.flow.FlowId;
import org.jspecify.annotations.Nullable;

/**
 * A phone that its PBX has let in.
 *
 * @param binding its account at the PBX, its Contact and flow, and until when it has signed in with
 *     us
 * @param alias the user part of the Contact that the PBX knows it by
 * @param registrar the address that its PBX answered from
 * @param username the name in its credentials; null if the PBX asked for none
 * @param serviceRoute by which proxies of the PBX's house its requests are to go (RFC 3608)
 * @param upstream where its PBX was when it was let in; empty where that is not known any more
 * @param upstreamUntil until when the PBX keeps it, on the wall clock, in ms since 1970
 */
record RelayedPhone(
    Binding binding,
    String alias,
    InetAddress registrar,
    @Nullable String username,
    List<String> serviceRoute,
    List<SipTarget> upstream,
    long upstreamUntil) {

  Aor account() {
    return binding.aor();
  }

  FlowId flow() {
    return binding.flow();
  }

  boolean isSignedIn(long now) {
    return now < binding.expiresAt();
  }
}
