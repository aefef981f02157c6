package org.drawbridge.sip.flow;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One way to reach one peer: a connection, or a UDP socket and a remote address. Thread-safe. Two
 * objects for the same UDP flow are equal by {@link #id}.
 */
public interface Flow {

  /** What the location service stores to find this flow again. */
  FlowId id();

  /** What the bytes travel over. */
  Transport transport();

  /**
   * Our end; for a wildcard-bound UDP socket the address the kernel sends from toward this peer.
   */
  InetSocketAddress local();

  /** The peer's end, as seen from here. */
  InetSocketAddress remote();

  /**
   * The {@code host:port} that Via and Contact show this peer: the advertised address of the
   * listener.
   */
  String sentBy();

  /**
   * The SIP domains that the peer's certificate is for, in lower case, where an authority that we
   * trust for this connection vouches for it (RFC 5922 section 7.1); none without one.
   */
  default List<String> peerNames() {
    return List.of();
  }

  /**
   * What else our Via says to this peer, such as {@code ;alias}: that it may use the connection for
   * its requests too (RFC 5923 section 5.1).
   */
  default String viaParameters() {
    return "";
  }

  /** Whether sending can still work. A UDP flow is always open. */
  boolean isOpen();

  /**
   * Sends one SIP message, framed as the transport wants. Never blocks: a peer that does not read
   * is closed once its send buffer is over the cap, which is reported to {@link FlowSink#onClosed}.
   *
   * @param message the whole message; not changed and not kept after it is written
   */
  void send(byte[] message);

  /**
   * The peer is one that the configuration names: where all places for connections are taken, this
   * one gives way to nobody. Does nothing on UDP.
   */
  default void keep() {}

  /**
   * The peer has shown who it is: as above, as long as no more connections than one address may
   * have were kept after it for the same.
   *
   * @param owner whose connection it is, equal for all of the same
   */
  default void keep(Object owner) {
    keep();
  }

  /**
   * A call uses it: it gives way to nobody until {@link #letGo} was called as often. Does nothing
   * on UDP.
   */
  default void hold() {}

  /** A call that held it does not use it any more. */
  default void letGo() {}

  /** Closes a stream; does nothing on UDP. */
  void close(String reason);
}
