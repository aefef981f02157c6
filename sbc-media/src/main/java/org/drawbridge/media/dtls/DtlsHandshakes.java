package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.drawbridge.media.srtp.SrtpKeys;

/**
 * Runs handshakes, each on a virtual thread, a bounded number at a time; those beyond wait their
 * turn. Thread-safe.
 */
public final class DtlsHandshakes {

  /** Which side of the handshake we are. */
  public enum Role {
    /** The peer starts. */
    SERVER,
    /** We start. */
    CLIENT
  }

  private static final Logger LOG = LogManager.getLogger(DtlsHandshakes.class);
  private static final int READ_MILLIS = 60_000;

  private final DtlsCertificate certificate;
  private final int timeoutMillis;
  private final Semaphore turns;

  /**
   * Prepares handshakes under one certificate.
   *
   * @param timeoutMillis how long a handshake may take in all, waiting for its turn excluded
   * @param limit how many may run at once
   */
  public DtlsHandshakes(DtlsCertificate certificate, int timeoutMillis, int limit) {
    this.certificate = certificate;
    this.timeoutMillis = timeoutMillis;
    turns = new Semaphore(limit);
  }

  /**
   * Starts a handshake and returns. Closing the pipe ends it.
   *
   * @param expected the fingerprint the peer's certificate must have
   * @param done told once, on the handshake's thread, how it ended
   */
  public void start(Role role, Fingerprint expected, DatagramPipe pipe, Consumer<DtlsResult> done) {
    Thread.ofVirtual().name("dtls-", 0).start(() -> run(role, expected, pipe, done));
  }

  private void run(Role role, Fingerprint expected, DatagramPipe pipe, Consumer<DtlsResult> done) {
    PeerPolicy policy = new PeerPolicy(expected);
    DTLSTransport transport;
    try {
      transport = inTurn(role, policy, pipe);
    } catch (IOException | RuntimeException e) {
      LOG.debug("DTLS handshake failed", e);
      done.accept(new DtlsResult.Failed(reason(policy, e)));
      return;
    }
    SrtpKeys keys = policy.keys();
    done.accept(
        keys == null
            ? new DtlsResult.Failed("the DTLS handshake gave no SRTP keys")
            : new DtlsResult.Established(keys));
    stayForRetransmissions(transport);
  }

  private DTLSTransport inTurn(Role role, PeerPolicy policy, DatagramPipe pipe) throws IOException {
    try {
      if (!turns.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS)) {
        throw new IOException("too many DTLS handshakes at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    try {
      return switch (role) {
        case SERVER ->
            new DTLSServerProtocol()
                .accept(new DtlsServerPeer(certificate, policy, timeoutMillis), pipe);
        case CLIENT ->
            new DTLSClientProtocol()
                .connect(new DtlsClientPeer(certificate, policy, timeoutMillis), pipe);
      };
    } finally {
      turns.release();
    }
  }

  private String reason(PeerPolicy policy, Exception e) {
    if (e instanceof TlsTimeoutException) {
      return "the DTLS handshake did not finish within " + timeoutMillis + " ms";
    }
    String known = policy.failure();
    return known != null ? known : "DTLS handshake failed: " + e.getMessage();
  }

  /**
   * Keeps reading so that the library answers a peer that repeats its last flight because ours was
   * lost. Ends when the pipe is closed with its transport, or at the peer's close_notify.
   */
  private static void stayForRetransmissions(DTLSTransport transport) {
    try {
      byte[] ignored = new byte[transport.getReceiveLimit()];
      while (transport.receive(ignored, 0, ignored.length, READ_MILLIS) != -2) {
        // Application data has no meaning here.
      }
    } catch (IOException e) {
      LOG.trace("DTLS association over: {}", e.getMessage());
    }
  }
}
