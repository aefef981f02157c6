package org.drawbridge.media.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.ExporterLabel;
import org.drawbridge.media.libssl.DtlsFailure;
import org.drawbridge.media.libssl.DtlsSession;
import org.drawbridge.media.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/** One handshake by OpenSSL's library, between its session and the network. Used by one thread. */
final class LibsslHandshake {

  private final PeerPolicy policy;
  private final DatagramTransport transport;
  private final LongSupplier nanos;
  private @Nullable SrtpProfile profile;

  LibsslHandshake(PeerPolicy policy, DatagramTransport transport, LongSupplier nanos) {
    this.policy = policy;
    this.transport = transport;
    this.nanos = nanos;
  }

  /** Refuses before the handshake ends, so that no peer takes it for done. */
  boolean accepts(DtlsSession session, byte[] certificate) {
    profile = policy.choose(new int[] {session.srtpProfile()});
    return profile != null && policy.accepts(certificate);
  }

  /** Exchanges datagrams until both sides have finished. */
  void run(DtlsSession session, int timeoutMillis) throws IOException {
    long deadline = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    byte[] datagram = new byte[transport.getReceiveLimit()];
    while (!advance(session)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - nanos.getAsLong());
      if (left <= 0) {
        throw new InterruptedIOException("the time is over");
      }
      int wait = (int) Math.clamp(session.timeoutMillis(), 1, left);
      int length = transport.receive(datagram, 0, datagram.length, wait);
      if (length > 0) {
        session.receive(datagram, 0, length);
      } else {
        session.onTimeout();
      }
    }
  }

  private boolean advance(DtlsSession session) throws IOException {
    try {
      return session.advance();
    } catch (DtlsFailure e) {
      if (e.isForLackOfCertificate()) {
        policy.onNoCertificate();
      } else if (e.alertOfPeer() >= 0) {
        policy.onFatalAlert("the peer sent", e.alertOfPeer());
      }
      throw e;
    } finally {
      send(session.output());
    }
  }

  private void send(byte[] records) throws IOException {
    int next;
    for (int at = 0; at < records.length; at = next) {
      next = DtlsRecord.next(records, at);
      noteAlert(records, at);
      transport.send(records, at, next - at);
    }
  }

  /** The library does not say which alert it sends; one before the new keys can be read. */
  private void noteAlert(byte[] records, int at) {
    int body = at + DtlsRecord.HEADER;
    if (DtlsRecord.type(records, at) == ContentType.alert
        && DtlsRecord.epoch(records, at) == 0
        && records[body] == AlertLevel.fatal) {
      policy.onFatalAlert("we sent", records[body + 1] & 0xff);
    }
  }

  /** Takes the keys. */
  void finish(DtlsSession session, boolean weAreServer) throws IOException {
    SrtpProfile chosen = profile;
    // Keys are exported: without it that is not safe (RFC 7627 5.4), and browsers all have it.
    if (chosen == null || !session.hasExtendedMasterSecret()) {
      throw new IOException("the peer has no extended master secret");
    }
    policy.onFinished(
        chosen,
        session.export(ExporterLabel.dtls_srtp, PeerPolicy.materialLength(chosen)),
        weAreServer);
  }
}
