package org.drawbridge.sip.flow;

/** Why a stream ended; decides how long calls on it wait for their peer to come back. */
public enum CloseCause {
  /** The peer closed it in order: it left, as a browser does when its page is reloaded. */
  PEER_CLOSED,
  /** It failed or fell silent: the peer may be changing networks and come back. */
  LOST,
  /** We closed it. */
  CLOSED_HERE
}
