package org.drawbridge.sip.transport;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.io.IOException;
import java.util.Map;
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

  /** Answers that the peer has not taken as a whole. */
  private int underWay;

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
    Intake.whole(context.channel());
    Intake.held(context.channel(), longestLine(request));
    request.setUri(originForm(request.uri()));
    if (request.decoderResult().isFailure()) {
      answer(context, refusal(request.decoderResult().cause()), false);
    } else if (WebSocketUpgrade.isWanted(request)) {
      upgrade(context, request);
    } else {
      answer(context, pages.respond(request), HttpUtil.isKeepAlive(request));
    }
  }

  private static FullHttpResponse refusal(Throwable fault) {
    return fault instanceof TooLongHttpHeaderException
        ? HttpAnswers.text(
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "The headers are too long: there may be too many cookies.")
        : HttpAnswers.text(HttpResponseStatus.BAD_REQUEST, "That is no HTTP request.");
  }

  /** The decoder has a buffer that grows with the longest line and does not shrink. */
  private static int longestLine(FullHttpRequest request) {
    int longest = request.uri().length();
    for (Map.Entry<String, String> header : request.headers()) {
      longest = Math.max(longest, header.getKey().length() + header.getValue().length());
    }
    return longest;
  }

  /** Path and query of a target, which may be written as a whole URI (RFC 9112 section 3.2.2). */
  private static String originForm(String target) {
    int authority = target.startsWith("/") ? -1 : target.indexOf("://");
    if (authority < 0) {
      return target;
    }
    String rest = target.substring(authority + 3);
    int path = rest.indexOf('/');
    int query = rest.indexOf('?');
    if (path >= 0 && (query < 0 || path < query)) {
      return rest.substring(path);
    }
    return query < 0 ? "/" : "/" + rest.substring(query);
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
    FullHttpResponse refusal = WebSocketUpgrade.perform(edge, settings, context, request);
    if (refusal != null) {
      edge.counters().count(settings.transport(), Kind.REFUSED_UPGRADE);
      answer(context, refusal, false);
    }
  }

  private void answer(ChannelHandlerContext context, FullHttpResponse answer, boolean keepAlive) {
    HttpUtil.setKeepAlive(answer, keepAlive);
    ChannelFuture written = context.writeAndFlush(answer);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
    underWay++;
    expectReading(context);
    written.addListener(_ -> answered(context));
  }

  /** The time of the next request begins when the answer to the last one is gone. */
  private void answered(ChannelHandlerContext context) {
    underWay--;
    if (underWay == 0 && !context.isRemoved()) {
      deadline.clear();
      watch(context);
    }
  }

  private void watch(ChannelHandlerContext context) {
    deadline.arm(context, edge.limits().times().message(), () -> missed(context));
  }

  /** The answer may take long on a slow line, as long as some of it goes. */
  private void expectReading(ChannelHandlerContext context) {
    long left = unread(context);
    deadline.clear();
    deadline.arm(
        context,
        edge.limits().times().message(),
        () -> {
          if (unread(context) < left) {
            expectReading(context);
          } else {
            missed(context);
          }
        });
  }

  /** How much of our answers the peer has still to take, in bytes. */
  private static long unread(ChannelHandlerContext context) {
    ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
    return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
  }

  private void missed(ChannelHandlerContext context) {
    edge.counters().count(settings.transport(), Kind.TIMED_OUT);
    context.close();
  }

  /** Whoever sends requests and leaves the answers unread is not heard until it reads them. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    deadline.clear();
    Intake.freed(context.channel());
    if (context.channel().isActive()) {
      context.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException
        || cause instanceof DecoderException
        || cause instanceof PrematureChannelClosureException) {
      LOG.debug("HTTP client {}: {}", context.channel().remoteAddress(), cause.getMessage());
    } else {
      LOG.error("Fault while serving HTTP to {}", context.channel().remoteAddress(), cause);
    }
    context.close();
  }
}
