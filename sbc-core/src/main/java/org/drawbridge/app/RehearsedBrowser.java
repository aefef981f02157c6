package org.drawbridge.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DatagramPipe;
import org.drawbridge.media.dtls.DtlsCertificate;
import org.drawbridge.media.dtls.DtlsHandshakes;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.srtp.SrtpReceiver;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.srtp.SrtpSender;

/**
 * What a browser's media needs beside a phone's, played through in memory: DTLS handshakes in both
 * roles and SRTP under their keys. Without it the first browser's call after a start would wait for
 * hundreds of classes. Not thread-safe.
 */
final class RehearsedBrowser {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int PACKETS = 50;

  /** An RTP packet of PCMU: header, 160 bytes, and room for what SRTP adds. */
  private static final int LENGTH = 172;

  private static final int ROOM = 200;

  private final DtlsCertificate certificate =
      DtlsCertificate.generate(new SecureRandom(), Instant.now());
  private final DtlsHandshakes handshakes =
      new DtlsHandshakes(certificate, TIMEOUT_MILLIS, 2, new MediaCounters());

  /**
   * One handshake and a second of audio.
   *
   * @throws IOException when it fails, with the reason
   */
  void connect() throws IOException {
    DatagramPipe[] pipes = new DatagramPipe[2];
    pipes[0] = new DatagramPipe(datagram -> pipes[1].offer(datagram, 0, datagram.length));
    pipes[1] = new DatagramPipe(datagram -> pipes[0].offer(datagram, 0, datagram.length));
    CompletableFuture<DtlsResult> ours = new CompletableFuture<>();
    CompletableFuture<DtlsResult> theirs = new CompletableFuture<>();
    handshakes.start(Role.SERVER, certificate.fingerprint(), pipes[0], ours::complete);
    handshakes.start(Role.CLIENT, certificate.fingerprint(), pipes[1], theirs::complete);
    talk(established(theirs), established(ours));
  }

  private static DtlsResult.Established established(CompletableFuture<DtlsResult> handshake)
      throws IOException {
    return switch (handshake.join()) {
      case DtlsResult.Established established -> established;
      case DtlsResult.Failed(String reason) -> throw new IOException(reason);
    };
  }

  private static void talk(DtlsResult.Established from, DtlsResult.Established to)
      throws IOException {
    SrtpSender sender = new SrtpSender(from.keys());
    SrtpReceiver receiver = new SrtpReceiver(to.keys());
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = new byte[ROOM];
      packet[0] = (byte) 0x80;
      packet[3] = (byte) i;
      sender.protectRtp(packet, 0, LENGTH);
      if (receiver.unprotectRtp(packet, 0, sender.length()) != SrtpResult.OK) {
        throw new IOException("SRTP does not come through");
      }
    }
  }
}
