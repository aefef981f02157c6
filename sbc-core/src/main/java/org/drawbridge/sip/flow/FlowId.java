package org.drawbridge.sip.flow;

import java.net.InetAddress;
import org.drawbridge.sip.token.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Names a flow. The id of a stream is unguessable and dies with the connection; that of a UDP flow
 * is made of listener and remote address, so it means the same after a restart.
 */
public record FlowId(String value) {

  /** What the ids of UDP flows begin with, and no others. */
  public static final String DATAGRAM_PREFIX = "udp/";

  /** What follows is the place that a stream leads to. */
  private static final char PLACE = '@';

  /** Names no flow: who has it cannot be reached until it comes back. */
  public static final FlowId NONE = new FlowId("");

  /**
   * Names no flow either: who has it is reached through the proxy that it registered by, to which a
   * connection is made when there is something to send (RFC 3327).
   */
  public static final FlowId BY_PATH = new FlowId("path");

  /** Whether it names the same flow after a restart of this process. */
  public boolean outlivesProcess() {
    return value.startsWith(DATAGRAM_PREFIX) || equals(BY_PATH);
  }

  /** A name for a stream that nobody can guess; it says whether two lead to one host. */
  public static FlowId ofStream(InetAddress remote) {
    return new FlowId(Tokens.id() + PLACE + placeOf(remote));
  }

  /**
   * What stands for the host that it leads to, without telling it: the same for all flows of this
   * process to there. Null where the name does not say.
   */
  public @Nullable String place() {
    if (value.startsWith(DATAGRAM_PREFIX)) {
      int port = value.lastIndexOf(':');
      int host = value.lastIndexOf('/') + 1;
      InetAddress remote = host < port ? IpLiteral.parse(value.substring(host, port)) : null;
      return remote == null ? null : placeOf(remote);
    }
    int place = value.indexOf(PLACE);
    return place < 0 ? null : value.substring(place + 1);
  }

  /** What {@link #place} is of flows to this host. */
  public static String placeOf(InetAddress host) {
    return Tokens.tagOf(host.getHostAddress());
  }

  @Override
  public String toString() {
    return value;
  }
}
