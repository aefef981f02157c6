package org.drawbridge.media.api;

/** Which kind of ICE agent we are toward a peer (RFC 8445 2.5). */
public enum IceMode {
  /** The peer checks us, as every browser does; all of them are at one shared port. */
  LITE,
  /**
   * We check the peer too, from a port of its own: a server may send nothing before it has been
   * checked. Only toward peers that are configured, since their descriptions say whither we send.
   */
  FULL
}
