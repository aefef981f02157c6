package org.drawbridge.sip.transport;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.web.HttpAnswers;
import org.drawbridge.web.HttpResponder;

/**
 * A connection to a WebSocket listener until it is one: serves pages and takes the handshake. One
 * object a connection, on its event loop.
 */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LogManager.getLogger(HttpHandler.class);

  private final Edge edge;
  private final ListenerSettings settings;
  private final HttpResponder pages;
  private final Deadline deadline = new Deadline();

  HttpHandler(Edge edge, ListenerSettings settings, HttpResponder pages) {
    this.edge = edge;
    this.settings = settings;
    this.pages = pages;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    watch(context);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    deadline.clear();
    if (request.decoderResult().isFailure()) {
      FullHttpResponse refusal =
          HttpAnswers.text(HttpResponseStatus.BAD_REQUEST, "That is no HTTP request.");
      answer(context, refusal, false);
    } else if (WebSocketUpgrade.isWanted(request)) {
      upgrade(context, request);
    } else {
      answer(context, pages.respond(request), HttpUtil.isKeepAlive(request));
      watch(context);
    }
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
    FullHttpResponse refusal = WebSocketUpgrade.perform(edge, settings, context, request);
    if (refusal != null) {
      edge.counters().count(settings.transport(), Kind.REFUSED_UPGRADE);
      answer(context, refusal, false);
    }
  }

  private static void answer(
      ChannelHandlerContext context, FullHttpResponse answer, boolean keepAlive) {
    HttpUtil.setKeepAlive(answer, keepAlive);
    ChannelFuture written = context.writeAndFlush(answer);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void watch(ChannelHandlerContext context) {
    deadline.arm(
        context,
        edge.limits().times().message(),
        () -> {
          edge.counters().count(settings.transport(), Kind.TIMED_OUT);
          context.close();
        });
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    deadline.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("HTTP client {}: {}", context.channel().remoteAddress(), cause.getMessage());
    } else {
      LOG.error("Fault while serving HTTP to {}", context.channel().remoteAddress(), cause);
    }
    context.close();
  }
}
