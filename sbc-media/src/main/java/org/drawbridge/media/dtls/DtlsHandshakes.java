package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.TlsTimeoutException;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.srtp.SrtpKeys;

/**
 * Runs handshakes, each on a virtual thread, a bounded number at a time; those beyond wait their
 * turn. What the library needs for one ends with it; the pipe answers a peer that repeats itself.
 * Thread-safe.
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
  private static final int WAITING = 15;

  private final DtlsCertificate certificate;
  private final int timeoutMillis;
  private final Semaphore turns;
  private final MediaCounters counters;
  private final AtomicInteger begun = new AtomicInteger();
  private final int mostBegun;

  /**
   * Prepares handshakes under one certificate.
   *
   * @param timeoutMillis how long a handshake may take in all, waiting for its turn excluded
   * @param limit how many may run at once; {@value #WAITING} times as many may wait
   * @param counters what is counted of them
   */
  public DtlsHandshakes(
      DtlsCertificate certificate, int timeoutMillis, int limit, MediaCounters counters) {
    this.certificate = certificate;
    this.timeoutMillis = timeoutMillis;
    turns = new Semaphore(limit);
    mostBegun = limit * (1 + WAITING);
    this.counters = counters;
  }

  /**
   * Starts a handshake and returns. Closing the pipe ends it.
   *
   * @param expected the fingerprint the peer's certificate must have
   * @param done told once, on the handshake's thread, how it ended
   */
  public void start(Role role, Fingerprint expected, DatagramPipe pipe, Consumer<DtlsResult> done) {
    if (begun.incrementAndGet() > mostBegun) {
      begun.decrementAndGet();
      counters.count(Kind.DTLS_LIMITED);
      fail("too many DTLS handshakes at once", done);
      return;
    }
    counters.count(Kind.DTLS_STARTED);
    Thread.ofVirtual().name("dtls-", 0).start(() -> run(role, expected, pipe, done));
  }

  /** Handshakes that run or wait for their turn now. */
  public int underWay() {
    return begun.get();
  }

  private void fail(String reason, Consumer<DtlsResult> done) {
    counters.count(Kind.DTLS_FAILED);
    done.accept(new DtlsResult.Failed(reason));
  }

  private void run(Role role, Fingerprint expected, DatagramPipe pipe, Consumer<DtlsResult> done) {
    PeerPolicy policy = new PeerPolicy(expected);
    Flights flights = new Flights(pipe, role);
    String failure = null;
    try {
      inTurn(role, policy, flights);
    } catch (IOException | RuntimeException e) {
      LOG.debug("DTLS handshake failed", e);
      failure = reason(policy, e);
    }
    pipe.settle(flights.flush());
    begun.decrementAndGet();
    SrtpKeys keys = policy.keys();
    if (failure == null && keys != null) {
      done.accept(new DtlsResult.Established(keys));
    } else {
      fail(failure == null ? "the DTLS handshake gave no SRTP keys" : failure, done);
    }
  }

  private void inTurn(Role role, PeerPolicy policy, Flights flights) throws IOException {
    try {
      if (!turns.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS)) {
        counters.count(Kind.DTLS_LIMITED);
        throw new IOException("too many DTLS handshakes at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    try {
      switch (role) {
        case SERVER ->
            new DTLSServerProtocol()
                .accept(new DtlsServerPeer(certificate, policy, timeoutMillis), flights);
        case CLIENT ->
            new DTLSClientProtocol()
                .connect(new DtlsClientPeer(certificate, policy, timeoutMillis), flights);
      }
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
}
