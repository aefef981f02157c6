package org.drawbridge.sip.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind TLS: lets nothing through until the handshake is done, and closes the connection
 * when the peer has ended TLS, whether or not it ends TCP too. One object a connection, on its
 * event loop.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LogManager.getLogger("org.drawbridge.refused.TlsGate");

  private final TransportCounters counters;
  private final Transport transport;
  private final Consumer<ChannelPipeline> next;
  private final Consumer<Throwable> onFailure;
  private boolean shaken;

  /**
   * @param next adds the handlers that come after the handshake
   * @param onFailure told why there was none; the connection is closed by then
   */
  TlsGate(
      TransportCounters counters,
      Transport transport,
      Consumer<ChannelPipeline> next,
      Consumer<Throwable> onFailure) {
    this.counters = counters;
    this.transport = transport;
    this.next = next;
    this.onFailure = onFailure;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    switch (event) {
      case SslHandshakeCompletionEvent done when done.isSuccess() -> {
        shaken = true;
        next.accept(context.pipeline());
      }
      case SslHandshakeCompletionEvent done -> failed(context, done.cause());
      case SslCloseCompletionEvent end -> context.close();
      default -> context.fireUserEventTriggered(event);
    }
  }

  private void failed(ChannelHandlerContext context, @Nullable Throwable cause) {
    counters.count(transport, Kind.TLS_FAILED);
    Throwable why = cause == null ? new IllegalStateException("no handshake") : cause;
    InetSocketAddress peer = LoggedPeers.next(context.channel());
    if (peer != null) {
      LOG.info(
          "No TLS with {} at {}: {}",
          Addresses.hostPort(peer),
          LoggedPeers.port(context.channel(), transport),
          Faults.words(why));
    }
    onFailure.accept(why);
    context.close();
  }

  /** A failed handshake is reported twice; the event above is enough. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (shaken) {
      context.fireExceptionCaught(cause);
    } else {
      context.close();
    }
  }
}
