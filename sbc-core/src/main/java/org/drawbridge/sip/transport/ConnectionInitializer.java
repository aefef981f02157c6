package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.sip.transport.tls.TlsContexts;
import org.drawbridge.web.HttpResponder;

/** Sets up what one listener accepts, in the way that is in force at that moment. Thread-safe. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {

  /** Pages are only fetched, so requests carry next to nothing. */
  private static final int MAX_REQUEST_BODY = 4_096;

  private static final int MAX_REQUEST_LINE = 4_096;

  /** Browsers send the cookies of all that a company runs below the same domain. */
  private static final int MAX_REQUEST_HEADERS = 16_384;

  private static final HttpDecoderConfig HTTP =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(MAX_REQUEST_LINE)
          .setMaxHeaderSize(MAX_REQUEST_HEADERS);

  private final Edge edge;
  private final ConnectionCaps caps;
  private final HttpResponder pages;
  private volatile ListenerService service;

  ConnectionInitializer(
      Edge edge, ConnectionCaps caps, HttpResponder pages, ListenerService service) {
    this.edge = edge;
    this.caps = caps;
    this.pages = pages;
    this.service = service;
  }

  /** What new connections get from now on; those that are open stay as they are. */
  void serve(ListenerService changed) {
    service = changed;
  }

  ListenerService service() {
    return service;
  }

  @Override
  protected void initChannel(Channel channel) {
    ListenerService now = service;
    ListenerSettings settings = now.settings();
    if (!caps.admit(settings.transport(), channel)) {
      channel.close();
      return;
    }
    channel.pipeline().addLast(new Intake());
    if (now.tls() == null) {
      channel.pipeline().addLast(new PlainGate(settings.transport()));
      speak(channel.pipeline(), settings);
      return;
    }
    InetAddress peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    Executor tasks = TlsContexts.tasks(channel, Addresses.network(peer));
    SslHandler handler = now.tls().newHandler(channel.alloc(), tasks);
    Intake.keepLittle(handler);
    handler.setHandshakeTimeoutMillis(edge.limits().times().handshake().toMillis());
    channel.pipeline().addLast(handler);
    channel
        .pipeline()
        .addLast(
            new TlsGate(
                edge.counters(),
                settings.transport(),
                pipeline -> speak(pipeline, settings),
                failure -> {}));
  }

  /** Requests whole, with a small body or none; larger ones are answered 413. */
  private final class SmallRequests extends HttpObjectAggregator {
    private final Transport transport;

    SmallRequests(Transport transport) {
      super(MAX_REQUEST_BODY);
      this.transport = transport;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized)
        throws Exception {
      edge.counters().count(transport, Kind.HTTP_TOO_LARGE);
      super.handleOversizedMessage(context, oversized);
    }
  }

  private void speak(ChannelPipeline pipeline, ListenerSettings settings) {
    if (settings.transport().isWebSocket()) {
      HttpRequestDecoder decoder = new HttpRequestDecoder(HTTP);
      Intake.keepLittle(decoder);
      pipeline.addLast(decoder);
      pipeline.addLast(new HttpResponseEncoder());
      pipeline.addLast(new SmallRequests(settings.transport()));
      pipeline.addLast(new HttpHandler(edge, settings, pages));
    } else {
      Channel channel = pipeline.channel();
      StreamFlow flow =
          new StreamFlow(edge, settings.transport(), channel, settings.sentBy(channel));
      pipeline.addLast(new StreamHandler(flow, true));
    }
  }
}
