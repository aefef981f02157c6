package org.drawbridge.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.jspecify.annotations.Nullable;

/**
 * SIP over a WebSocket, after the handshake (RFC 7118 section 5): one SIP message a WebSocket
 * message, text or binary. Pings the peer, so that neither a middlebox nor we keep a connection
 * that is dead. One object a connection, on its event loop.
 */
final class WebSocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private final StreamFlow flow;
  private final TransportLimits.Times times;
  private @Nullable Future<?> pinging;
  private int unanswered;

  WebSocketHandler(StreamFlow flow) {
    this.flow = flow;
    this.times = flow.edge().limits().times();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    flow.opened();
    long period = times.ping().toMillis();
    pinging =
        context.executor().scheduleAtFixedRate(this::ping, period, period, TimeUnit.MILLISECONDS);
  }

  private void ping() {
    if (unanswered == times.unansweredPings()) {
      flow.count(Kind.PINGS_UNANSWERED);
      flow.lose(unanswered + " pings unanswered");
    } else if (flow.isOpen()) {
      unanswered++;
      flow.write(new PingWebSocketFrame());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    unanswered = 0;
    switch (frame) {
      case PingWebSocketFrame ping -> flow.write(new PongWebSocketFrame(ping.content().retain()));
      case PongWebSocketFrame pong -> {}
      case CloseWebSocketFrame close -> close(context, close);
      default -> message(frame.content());
    }
  }

  private void message(ByteBuf content) {
    byte[] bytes = ByteBufUtil.getBytes(content);
    flow.edge().counters().add(flow.transport(), Kind.BYTES_IN, bytes.length);
    if (isPing(bytes)) {
      flow.count(Kind.KEEP_ALIVES);
      flow.write(new TextWebSocketFrame(Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII)));
      return;
    }
    flow.deliver(SipParser.parseOwn(bytes, flow.edge().limits().messages()));
  }

  /** A double CRLF asks for a CRLF (RFC 5626 section 3.5.1). */
  private static boolean isPing(byte[] bytes) {
    return bytes.length == 4
        && bytes[0] == '\r'
        && bytes[1] == '\n'
        && bytes[2] == '\r'
        && bytes[3] == '\n';
  }

  private void close(ChannelHandlerContext context, CloseWebSocketFrame frame) {
    String words = frame.reasonText();
    flow.ends(
        CloseCause.PEER_CLOSED,
        "WebSocket closed by the peer, "
            + frame.statusCode()
            + (words.isEmpty() ? "" : " " + words));
    context.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!context.channel().isWritable()) {
      flow.notReading();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (pinging != null) {
      pinging.cancel(false);
    }
    flow.closed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Faults.endFlow(flow, cause);
  }
}
