package org.drawbridge.sip.transport;

import java.util.concurrent.atomic.LongAdder;
import org.drawbridge.sip.flow.Transport;

/** What happened on the wire since the start, by transport. Thread-safe. */
public final class TransportCounters {

  /** One thing that is counted. */
  public enum Kind {
    /** Connections that were accepted, or made by us. */
    OPENED,
    /** Those of them that are gone. */
    CLOSED,
    /** Refused since all places were taken. */
    REFUSED_TOTAL,
    /** Refused since the peer had its share. */
    REFUSED_PEER,
    /** Closed to make room: long there without showing who they are. */
    GAVE_WAY,
    /** WebSocket handshakes refused for path, origin or subprotocol. */
    REFUSED_UPGRADE,
    /** HTTP requests whose body was too large. */
    HTTP_TOO_LARGE,
    /** Connections that we tried to make and could not. */
    CONNECT_FAILED,
    TLS_FAILED,
    MESSAGES_IN,
    MESSAGES_OUT,
    BYTES_IN,
    BYTES_OUT,
    KEEP_ALIVES,
    MALFORMED,
    /** Streams closed because the start of the next message could not be found. */
    FRAMING_LOST,
    /** Closed: no message within its time. */
    TIMED_OUT,
    /** Closed: the peer did not read what we sent. */
    NOT_READING,
    /** Peers closed since they did not answer pings: WebSockets, and connections that we opened. */
    PINGS_UNANSWERED,
    /** Offers to reuse a connection (RFC 5923) that found no place. */
    ALIASES_REFUSED,
    /** Messages that could not be written. */
    SEND_FAILED
  }

  private static final Transport[] TRANSPORTS = Transport.values();
  private static final Kind[] KINDS = Kind.values();

  private final LongAdder[][] counts = new LongAdder[TRANSPORTS.length][KINDS.length];

  public TransportCounters() {
    for (LongAdder[] row : counts) {
      for (int i = 0; i < row.length; i++) {
        row[i] = new LongAdder();
      }
    }
  }

  /** How often it happened; bytes for those that end in {@code _IN} and {@code _OUT} of bytes. */
  public long get(Transport transport, Kind kind) {
    return adder(transport, kind).sum();
  }

  /** Connections open now; of WebSocket listeners, also those that only fetch a page. */
  public long open(Transport transport) {
    return get(transport, Kind.OPENED) - get(transport, Kind.CLOSED);
  }

  void count(Transport transport, Kind kind) {
    adder(transport, kind).increment();
  }

  void add(Transport transport, Kind kind, long amount) {
    adder(transport, kind).add(amount);
  }

  private LongAdder adder(Transport transport, Kind kind) {
    return counts[transport.ordinal()][kind.ordinal()];
  }
}
