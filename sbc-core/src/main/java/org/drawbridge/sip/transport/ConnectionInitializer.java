package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import org.drawbridge.web.HttpResponder;
import org.jspecify.annotations.Nullable;

/** Sets up what one listener accepts. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {

  /** Pages are only fetched, so requests carry next to nothing. */
  private static final int MAX_REQUEST_BODY = 4_096;

  private final Edge edge;
  private final ConnectionCaps caps;
  private final ListenerSettings settings;
  private final HttpResponder pages;
  private final @Nullable SslContext tls;

  /**
   * @param tls for secure transports, null for others
   */
  ConnectionInitializer(
      Edge edge,
      ConnectionCaps caps,
      ListenerSettings settings,
      HttpResponder pages,
      @Nullable SslContext tls) {
    this.edge = edge;
    this.caps = caps;
    this.settings = settings;
    this.pages = pages;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!caps.admit(settings.transport(), channel)) {
      channel.close();
      return;
    }
    if (tls == null) {
      speak(channel.pipeline());
      return;
    }
    SslHandler handler = tls.newHandler(channel.alloc(), TlsContexts.TASKS);
    handler.setHandshakeTimeoutMillis(edge.limits().times().handshake().toMillis());
    channel.pipeline().addLast(handler);
    channel
        .pipeline()
        .addLast(new TlsGate(edge.counters(), settings.transport(), this::speak, failure -> {}));
  }

  private void speak(ChannelPipeline pipeline) {
    if (settings.transport().isWebSocket()) {
      pipeline.addLast(new HttpServerCodec());
      pipeline.addLast(new HttpObjectAggregator(MAX_REQUEST_BODY));
      pipeline.addLast(new HttpHandler(edge, settings, pages));
    } else {
      InetSocketAddress local = (InetSocketAddress) pipeline.channel().localAddress();
      String sentBy = settings.sentBy(local.getAddress(), local);
      pipeline.addLast(
          new StreamHandler(
              new StreamFlow(edge, settings.transport(), pipeline.channel(), sentBy), true));
    }
  }
}
