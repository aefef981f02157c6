package org.drawbridge.media.api;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the media of one process has counted beside its calls: what was refused, and what the ports
 * shared by all calls did. Thread-safe.
 */
public final class MediaCounters {

  /** What is counted. Each only grows. */
  public enum Kind {
    /** Datagrams from an address that media is not taken from. */
    REFUSED_SOURCE,
    /** Datagrams whose SRTP tag, key or index was wrong, repeated ones among them. */
    REFUSED_SRTP,
    /** Datagrams that are neither RTP nor RTCP, or broken. */
    REFUSED_FORM,
    /** Datagrams that came before a description or before keys. */
    REFUSED_EARLY,
    /** Packets of a peer above what one stream can need. */
    REFUSED_RATE,
    /** DTLS handshakes begun. */
    DTLS_STARTED,
    /** DTLS handshakes that failed, those over the bound among them. */
    DTLS_FAILED,
    /** DTLS handshakes not begun since too many were under way. */
    DTLS_LIMITED,
    /** Peers that were reached by ICE and sent no ClientHello. */
    DTLS_NO_HELLO,
    /** Peers whose consent ran out (RFC 7675). */
    CONSENT_LOST,
    /** Binding requests without credentials that were answered (RFC 8489). */
    STUN_ANSWERED,
    /** STUN requests with credentials of no transport. */
    STUN_DENIED,
    /** STUN requests left unanswered since their network asks too often. */
    STUN_LIMITED,
    /** TCP connections taken for media (RFC 6544). */
    TCP_ACCEPTED,
    /** TCP connections closed since there were too many. */
    TCP_LIMITED,
    /** TCP connections closed for what they sent, or for sending nothing. */
    TCP_FAULTS,
    /** Packets lost since the peer of a TCP connection reads too slowly. */
    TCP_DROPPED
  }

  private final LongAdder[] counts = new LongAdder[Kind.values().length];

  /** All at zero. */
  public MediaCounters() {
    Arrays.setAll(counts, i -> new LongAdder());
  }

  /** Counts one. */
  public void count(Kind kind) {
    counts[kind.ordinal()].increment();
  }

  /** How many there were so far. */
  public long get(Kind kind) {
    return counts[kind.ordinal()].sum();
  }
}
