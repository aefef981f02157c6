package org.drawbridge.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** A media loop over the JDK's selector. */
final class NioLoop extends MediaLoop {

  private static final Logger LOG = LogManager.getLogger(NioLoop.class);

  private final Selector selector;
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(MAX_DATAGRAM + 1);

  NioLoop(String name) throws IOException {
    super(name);
    selector = Selector.open();
  }

  @Override
  void read(UdpPort port, DatagramHandler handler) {
    try {
      ((NioUdpPort) port).channel().register(selector, SelectionKey.OP_READ, handler);
    } catch (IOException e) {
      LOG.warn("UDP port {} was closed before it was read", port.port(), e);
    }
  }

  @Override
  void poll(long maxMillis) throws IOException {
    selector.select(this::onReady, maxMillis);
  }

  @Override
  void wakeUp() {
    selector.wakeup();
  }

  private void onReady(SelectionKey key) {
    if (key.attachment() instanceof DatagramHandler handler
        && key.channel() instanceof DatagramChannel channel) {
      readBatch(channel, handler);
    }
  }

  private void readBatch(DatagramChannel channel, DatagramHandler handler) {
    try {
      long nowNanos = now();
      for (int i = 0; i < READ_BATCH; i++) {
        incoming.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(incoming);
        if (from == null) {
          return;
        }
        int len = incoming.position();
        if (len > 0 && len <= MAX_DATAGRAM) {
          incoming.get(0, packet(), 0, len);
          deliver(handler, len, from, nowNanos);
        }
      }
    } catch (IOException e) {
      LOG.debug("reading a UDP socket failed", e);
    }
  }

  @Override
  void release() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
