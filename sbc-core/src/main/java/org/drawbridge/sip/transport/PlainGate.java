package org.drawbridge.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.flow.Transport;

/**
 * Stands at the door of a listener without TLS: who begins with a TLS handshake there has the wrong
 * port, which the log tells. It changes nothing, and goes after the first bytes. One object a
 * connection, on its event loop.
 */
final class PlainGate extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LogManager.getLogger("org.drawbridge.refused.PlainGate");

  /** Content type of what a TLS connection begins with (RFC 8446 section 5.1). */
  private static final byte TLS_HANDSHAKE = 22;

  private final Transport transport;

  PlainGate(Transport transport) {
    this.transport = transport;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object input) {
    if (input instanceof ByteBuf bytes && bytes.isReadable()) {
      if (bytes.getByte(bytes.readerIndex()) == TLS_HANDSHAKE) {
        tell(context);
      }
      context.pipeline().remove(this);
    }
    context.fireChannelRead(input);
  }

  private void tell(ChannelHandlerContext context) {
    InetSocketAddress peer = LoggedPeers.next(context.channel());
    if (peer != null) {
      LOG.info(
          "Not understood: {} begins TLS at {}, which has none: a {} listener has",
          Addresses.hostPort(peer),
          LoggedPeers.port(context.channel(), transport),
          transport.isWebSocket() ? "wss" : "tls");
    }
  }
}
