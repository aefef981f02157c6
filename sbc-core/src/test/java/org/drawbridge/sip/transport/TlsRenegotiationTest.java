package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.drawbridge.sip.transport.tls.PemIdentity;
import org.drawbridge.sip.transport.tls.TlsContexts;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.junit.jupiter.api.Test;

/** A client with TLS 1.2 that wants one handshake after the other. */
class TlsRenegotiationTest {
  private static final int RECORD = 32_768;

  /** Each handshake costs us a millisecond of CPU, and such a client next to nothing. */
  @Test
  void aClientHasOneHandshakeForAConnection() throws Exception {
    SSLEngine server = server();
    SSLEngine client = client();
    shake(client, server);
    client.beginHandshake();
    assertThatThrownBy(() -> shake(client, server))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("renegotiation");
  }

  private static SSLEngine server() throws IOException {
    PemIdentity identity = PemIdentity.read(new TlsFiles(TestTls.certificate(), null));
    return TlsContexts.server(identity, null, false).newEngine(ByteBufAllocator.DEFAULT);
  }

  private static SSLEngine client() throws SSLException {
    SSLEngine engine = TestTls.client().createSSLEngine();
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {"TLSv1.2"});
    engine.beginHandshake();
    return engine;
  }

  /** Carries records to and fro until neither has any to send. */
  private static void shake(SSLEngine client, SSLEngine server) throws SSLException {
    int moved = 1;
    while (moved > 0) {
      moved = carry(client, server) + carry(server, client);
    }
  }

  private static int carry(SSLEngine from, SSLEngine to) throws SSLException {
    ByteBuffer wire = ByteBuffer.allocate(4 * RECORD);
    while (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      from.wrap(ByteBuffer.allocate(0), wire);
      tasks(from);
    }
    int length = wire.flip().remaining();
    while (wire.hasRemaining()) {
      to.unwrap(wire, ByteBuffer.allocate(RECORD));
      tasks(to);
    }
    return length;
  }

  private static void tasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
