package org.drawbridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.drawbridge.media.srtp.SrtpKeys;
import org.jspecify.annotations.Nullable;

/**
 * A handshake of two sides of ours, one of which gets the other's datagrams with some bytes
 * changed. It may fail; if both sides end with keys, they are the same.
 */
final class BentHandshake {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int PATIENCE_MILLIS = 40;
  private static final int EDIT = 4;

  private final DtlsCertificate certificate;
  private final byte[] edits;
  private final int from;
  private final BlockingQueue<byte[]> toVictim = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> toPeer = new LinkedBlockingQueue<>();
  private int bent;

  /**
   * Prepares one.
   *
   * @param edits from {@code from} on, four bytes each: which datagram, two of the place in it, and
   *     what to flip there; nothing to flip cuts the datagram off
   */
  BentHandshake(DtlsCertificate certificate, byte[] edits, int from) {
    this.certificate = certificate;
    this.edits = edits;
    this.from = from;
  }

  /** Runs it; tells whether the one that gets changed datagrams ended with keys. */
  boolean run(boolean victimIsServer) {
    PeerPolicy victim = new PeerPolicy(certificate.fingerprint());
    PeerPolicy peer = new PeerPolicy(certificate.fingerprint());
    Thread other =
        Thread.ofVirtual().start(() -> play(!victimIsServer, peer, new Link(toPeer, toVictim)));
    play(victimIsServer, victim, new Link(toVictim, toPeer));
    try {
      other.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    SrtpKeys ofVictim = victim.keys();
    SrtpKeys ofPeer = peer.keys();
    if (ofVictim != null && ofPeer != null) {
      assertThat(ofVictim.local()).isEqualTo(ofPeer.remote());
      assertThat(ofVictim.remote()).isEqualTo(ofPeer.local());
    }
    return ofVictim != null;
  }

  private void play(boolean server, PeerPolicy policy, Link link) {
    try {
      if (server) {
        new DTLSServerProtocol()
            .accept(new DtlsServerPeer(certificate, policy, TIMEOUT_MILLIS), link);
      } else {
        new DTLSClientProtocol()
            .connect(new DtlsClientPeer(certificate, policy, TIMEOUT_MILLIS), link);
      }
    } catch (IOException | RuntimeException e) {
      link.out.add(new byte[0]);
    }
  }

  private byte[] bend(byte[] datagram) {
    byte[] changed = datagram;
    for (int at = from; at + EDIT <= edits.length; at += EDIT) {
      if ((edits[at] & 0xFF) == bent && changed.length > 0) {
        int place = ((edits[at + 1] & 0xFF) << 8 | edits[at + 2] & 0xFF) % changed.length;
        if (edits[at + 3] == 0) {
          changed = Arrays.copyOf(changed, place);
        } else {
          changed[place] ^= edits[at + 3];
        }
      }
    }
    bent++;
    return changed;
  }

  /** One side's end: whoever hears nothing for a while gives up. */
  private final class Link implements DatagramTransport {

    private final BlockingQueue<byte[]> in;
    private final BlockingQueue<byte[]> out;

    Link(BlockingQueue<byte[]> in, BlockingQueue<byte[]> out) {
      this.in = in;
      this.out = out;
    }

    @Override
    public int getReceiveLimit() {
      return DatagramPipe.RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
      return 1_200;
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
      byte @Nullable [] datagram = null;
      try {
        datagram = in.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (datagram == null || datagram.length == 0) {
        throw new IOException("nothing more comes");
      }
      byte[] heard = in == toVictim ? bend(datagram) : datagram;
      int length = Math.min(len, heard.length);
      System.arraycopy(heard, 0, buf, off, length);
      return length;
    }

    @Override
    public void send(byte[] buf, int off, int len) {
      out.add(Arrays.copyOfRange(buf, off, off + len));
    }

    @Override
    public void close() {}
  }
}
