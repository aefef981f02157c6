package org.drawbridge.media.relay;

import java.util.function.Consumer;
import org.drawbridge.media.dtls.DatagramPipe;
import org.drawbridge.media.dtls.DtlsHandshakes;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.dtls.Fingerprint;

/** Starts handshakes; {@link DtlsHandshakes#start} is the one that does it in earnest. */
public interface DtlsStarter {

  /** Starts a handshake over a pipe and returns; {@code done} is told on any thread. */
  void start(
      DtlsHandshakes.Role role, Fingerprint expected, DatagramPipe pipe, Consumer<DtlsResult> done);
}
