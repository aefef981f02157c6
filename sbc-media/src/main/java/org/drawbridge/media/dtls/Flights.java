package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.DatagramTransport;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.jspecify.annotations.Nullable;

/**
 * A pipe as the library's handshake sees it. The library sends record by record; the records of one
 * flight leave in as few datagrams as hold them (RFC 6347 4.1.1), when it turns to listening. Used
 * by the thread of one handshake.
 */
final class Flights implements DatagramTransport {

  /** Our flights are cut to fit IPv6's minimum MTU with headers to spare. */
  private static final int SEND_LIMIT = 1200;

  private final DatagramPipe pipe;
  private final @Nullable EarlyCipherChange hidden;
  private final byte[] datagram = new byte[SEND_LIMIT];
  private int length;
  private final List<byte[]> flight = new ArrayList<>();

  Flights(DatagramPipe pipe, Role role) {
    this.pipe = pipe;
    this.hidden = role == Role.SERVER ? new EarlyCipherChange() : null;
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
    int received = pipe.receive(buf, off, len, waitMillis);
    if (hidden != null && received > 0) {
      hidden.pass(buf, off, received);
    }
    return received;
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
