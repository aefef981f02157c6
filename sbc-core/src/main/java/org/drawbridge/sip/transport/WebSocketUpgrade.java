package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.web.HttpAnswers;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket handshake (RFC 6455 section 4.2, RFC 7118 section 4). No extension is agreed to:
 * compressing a SIP message saves little, and its memory is the attacker's to spend.
 */
final class WebSocketUpgrade {
  private static final Logger LOG = LogManager.getLogger("org.drawbridge.refused.WebSocketUpgrade");
  private static final String SUBPROTOCOL = "sip";
  private static final String VERSION = "13";

  /** How much of a header of the peer's a log line takes. */
  private static final int LOGGED_CHARS = 100;

  private WebSocketUpgrade() {}

  /** One whose decoder keeps no more than what is not whole. */
  private static final class Handshaker extends WebSocketServerHandshaker13 {
    Handshaker(String uri, WebSocketDecoderConfig frames) {
      super(uri, SUBPROTOCOL, frames);
    }

    @Override
    protected WebSocketFrameDecoder newWebsocketDecoder() {
      WebSocket13FrameDecoder decoder = new WebSocket13FrameDecoder(decoderConfig());
      Intake.keepLittle(decoder);
      return decoder;
    }
  }

  static boolean isWanted(FullHttpRequest request) {
    return request.method().equals(HttpMethod.GET)
        && request
            .headers()
            .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && request
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /**
   * Turns the connection into a flow.
   *
   * @return the answer that refuses, to be sent; null if the handshake has been answered
   */
  static @Nullable FullHttpResponse perform(
      Edge edge,
      ListenerSettings settings,
      ChannelHandlerContext context,
      FullHttpRequest request) {
    FullHttpResponse refusal = check(settings.webSocket(), context, request);
    if (refusal != null) {
      return refusal;
    }
    request.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL);
    WebSocketDecoderConfig frames =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(edge.limits().messages().maxMessage())
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .build();
    try {
      new Handshaker(request.uri(), frames).handshake(context.channel(), request);
    } catch (WebSocketHandshakeException e) {
      return HttpAnswers.text(
          HttpResponseStatus.BAD_REQUEST, "Bad WebSocket handshake: " + e.getMessage());
    }
    become(edge, settings, context);
    return null;
  }

  private static void become(Edge edge, ListenerSettings settings, ChannelHandlerContext context) {
    Channel channel = context.channel();
    StreamFlow flow = new StreamFlow(edge, settings.transport(), channel, settings.sentBy(channel));
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addLast(new Utf8FrameValidator(false));
    pipeline.addLast(new FragmentDeadline(flow));
    pipeline.addLast(new WebSocketFrameAggregator(edge.limits().messages().maxMessage()));
    pipeline.addLast(new WebSocketHandler(flow));
    pipeline.remove(context.handler());
  }

  private static @Nullable FullHttpResponse check(
      WebSocketRules rules, ChannelHandlerContext context, FullHttpRequest request) {
    String path = new QueryStringDecoder(request.uri()).rawPath();
    if (!rules.allowsPath(path)) {
      return HttpAnswers.text(HttpResponseStatus.NOT_FOUND, "There is no WebSocket at this path.");
    }
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (origin != null && !rules.allowsOrigin(origin)) {
      LOG.info(
          "Refused a WebSocket from {}: origin {} is not in the list",
          context.channel().remoteAddress(),
          origin.substring(0, Math.min(origin.length(), LOGGED_CHARS)));
      return HttpAnswers.text(
          HttpResponseStatus.FORBIDDEN, "Pages of this origin may not connect.");
    }
    if (!request
        .headers()
        .containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL, false)) {
      String words = "SIP is spoken here (RFC 7118): offer the WebSocket subprotocol \"sip\".";
      return HttpAnswers.text(HttpResponseStatus.BAD_REQUEST, words);
    }
    return VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
        ? null
        : wrongVersion();
  }

  private static FullHttpResponse wrongVersion() {
    FullHttpResponse refusal =
        HttpAnswers.text(
            HttpResponseStatus.UPGRADE_REQUIRED,
            "WebSocket version " + VERSION + " is spoken here.");
    refusal.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
    return refusal;
  }
}
