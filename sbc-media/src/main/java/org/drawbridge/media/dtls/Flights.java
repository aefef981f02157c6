package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.DatagramTransport;

/**
 * A pipe as the library's handshake sees it. The library sends record by record; the records of one
 * flight leave in as few datagrams as hold them (RFC 6347 4.1.1), when it turns to listening. Used
 * by the thread of one handshake.
 */
final class Flights implements DatagramTransport {

  private static final int SEND_LIMIT = PeerPolicy.MOST_SENT;

  private final DatagramPipe pipe;
  private final byte[] datagram = new byte[SEND_LIMIT];
  private int length;
  private final List<byte[]> flight = new ArrayList<>();

  Flights(DatagramPipe pipe) {
    this.pipe = pipe;
  }

  @Override
  public int getReceiveLimit() {
    return DatagramPipe.RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  @Override
  public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
    flush();
    return pipe.receive(buf, off, len, waitMillis);
  }

  @Override
  public void send(byte[] buf, int off, int len) {
    if (length + len > SEND_LIMIT) {
      endDatagram();
    }
    System.arraycopy(buf, off, datagram, length, len);
    length += len;
  }

  private void endDatagram() {
    if (length > 0) {
      flight.add(Arrays.copyOf(datagram, length));
      length = 0;
    }
  }

  /** Sends what was gathered; gives it. */
  List<byte[]> flush() {
    endDatagram();
    List<byte[]> sent = List.copyOf(flight);
    flight.clear();
    sent.forEach(pipe::send);
    return sent;
  }

  @Override
  public void close() {
    flush();
    pipe.close();
  }
}
