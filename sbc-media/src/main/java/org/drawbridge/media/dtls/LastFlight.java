package org.drawbridge.media.dtls;

import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.tls.ContentType;

/**
 * Our last flight of a finished handshake, as it was sent. A peer that repeats its own has not got
 * it, and gets it again (RFC 6347 4.2.4): the same records, which one that has got them drops as
 * replayed. Owned by a media loop.
 */
final class LastFlight {

  /** No peer repeats itself more often: the time it waits doubles up to a minute. */
  private static final int MOST_REPEATS = 16;

  private final List<byte[]> datagrams;
  private int repeats;

  LastFlight(List<byte[]> datagrams) {
    this.datagrams = datagrams;
  }

  /** Sends it again if the peer's datagram has the end of its flight in it. */
  void onDatagram(byte[] buf, int off, int len, Consumer<byte[]> outgoing) {
    if (repeats < MOST_REPEATS && !datagrams.isEmpty() && endsFlight(buf, off, off + len)) {
      repeats++;
      datagrams.forEach(outgoing);
    }
  }

  /** Whether there is a handshake record under the new keys: a Finished, the last of a flight. */
  private static boolean endsFlight(byte[] buf, int off, int end) {
    for (int at = off; at + DtlsRecord.HEADER <= end; at = DtlsRecord.next(buf, at)) {
      if (DtlsRecord.type(buf, at) == ContentType.handshake && DtlsRecord.epoch(buf, at) == 1) {
        return true;
      }
    }
    return false;
  }
}
