package org.drawbridge.media.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DatagramTransport;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;

/** Does handshakes under one certificate, each on the thread that asks for it. Thread-safe. */
interface Handshaker {

  /**
   * Runs one handshake to its end and tells the policy what came of it.
   *
   * @param timeoutMillis how long it may take
   * @throws java.io.InterruptedIOException when it took longer
   * @throws IOException when it failed: the policy may know why
   */
  void shake(Role role, PeerPolicy policy, DatagramTransport transport, int timeoutMillis)
      throws IOException;
}
