package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that reads slowly, or says nothing, at the other end of a real connection. */
class TcpConnectionTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int FRAME = 1000;

  private ServerSocketChannel listener;
  private Socket peer;
  private SocketChannel channel;
  private TcpConnection connection;

  @BeforeEach
  void connect() throws Exception {
    listener = ServerSocketChannel.open().bind(new InetSocketAddress(TestSocket.LOOPBACK, 0));
    peer = new Socket();
    peer.setReceiveBufferSize(4096);
    peer.connect(listener.getLocalAddress());
    channel = listener.accept();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, 4096);
    connection = new TcpConnection(channel, (InetSocketAddress) channel.getRemoteAddress(), 1, 0);
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    peer.close();
    listener.close();
  }

  private static ByteBuffer frame(int number) {
    ByteBuffer frame = ByteBuffer.allocate(2 + FRAME).putShort((short) FRAME).putInt(number);
    return frame.rewind();
  }

  @Test
  void aPeerThatDoesNotReadLosesWholePacketsAndIsStuckInTheEnd() throws Exception {
    int taken = 0;
    while (connection.send(frame(taken), SECOND)) {
      taken++;
    }
    assertThat(taken * FRAME)
        .isBetween(TcpConnection.PENDING_BYTES, 50 * TcpConnection.PENDING_BYTES);
    assertThat(connection.isStuck(10 * SECOND)).isFalse();
    assertThat(connection.isStuck(11 * SECOND)).isTrue();

    InputStream in = peer.getInputStream();
    int whole = 0;
    for (long now = 2 * SECOND; whole < taken; now += SECOND) {
      connection.flush(now);
      byte[] got = in.readNBytes(2 + FRAME);
      assertThat(ByteBuffer.wrap(got).getShort()).isEqualTo((short) FRAME);
      assertThat(ByteBuffer.wrap(got, 2, 4).getInt())
          .as("none is cut, none is lost")
          .isEqualTo(whole++);
    }
    assertThat(connection.isBehind()).isFalse();
    assertThat(connection.send(frame(0), SECOND)).isTrue();
  }

  @Test
  void whoShowsNoCredentialsOrFallsSilentIsIdle() {
    assertThat(connection.isIdle(9 * SECOND, 10 * SECOND, 40 * SECOND)).isFalse();
    connection.onBytes(frame(1), 9 * SECOND, (buf, off, len) -> {});
    assertThat(connection.isIdle(10 * SECOND, 10 * SECOND, 40 * SECOND)).isTrue();
    connection.authenticated();
    assertThat(connection.isIdle(48 * SECOND, 10 * SECOND, 40 * SECOND)).isFalse();
    assertThat(connection.isIdle(49 * SECOND, 10 * SECOND, 40 * SECOND)).isTrue();
  }

  @Test
  void onlySoManyFramesWaitForALoop() {
    for (int i = 0; i < TcpConnection.MAX_IN_FLIGHT; i++) {
      assertThat(connection.mayHand()).isTrue();
    }
    assertThat(connection.mayHand()).isFalse();
    connection.handled();
    assertThat(connection.mayHand()).isTrue();
  }
}
