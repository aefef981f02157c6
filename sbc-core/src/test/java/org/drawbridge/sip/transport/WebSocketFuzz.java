package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.dns.DnsCounters;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowSink;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.SipMessage;

/**
 * Bytes of a WebSocket peer after the handshake: taken for frames, they never throw; put into
 * frames that are cut anywhere, they give the message they give as a datagram.
 */
public final class WebSocketFuzz {
  private static final int MAX = ParseLimits.DEFAULT.maxMessage();

  private WebSocketFuzz() {}

  /** One input; its first byte says where frames are cut. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 2) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(data, 1, data.length);
    asFrames(rest);
    inFrames(rest, 1 + (data[0] & 0xff) * rest.length / 256);
  }

  private static void asFrames(byte[] bytes) {
    Peer peer = new Peer();
    peer.channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    peer.end();
  }

  private static void inFrames(byte[] bytes, int cut) {
    Peer peer = new Peer();
    EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
    boolean whole = cut >= bytes.length;
    byte[] first = whole ? bytes : Arrays.copyOf(bytes, cut);
    peer.take(client, new BinaryWebSocketFrame(whole, 0, Unpooled.wrappedBuffer(first)));
    if (!whole) {
      byte[] second = Arrays.copyOfRange(bytes, cut, bytes.length);
      peer.take(client, new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(second)));
    }
    client.finishAndReleaseAll();
    peer.end();
    if (bytes.length <= MAX) {
      assertThat(peer.heard).isEqualTo(expected(bytes));
    }
  }

  private static List<String> expected(byte[] bytes) {
    return switch (SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT)) {
      case ParseResult.Parsed(SipMessage message) -> List.of(message.toString());
      case ParseResult.Malformed malformed -> List.of(malformed.reason());
      case ParseResult.KeepAlive _ -> List.of();
    };
  }

  /** Our end of the connection. */
  private static final class Peer implements FlowSink {
    final List<String> heard = new ArrayList<>();
    final EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress localAddress0() {
            return new InetSocketAddress("127.0.0.1", 5062);
          }

          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress("127.0.0.1", 40_000);
          }
        };

    Peer() {
      Edge edge =
          new Edge(
              this,
              new FlowTable(),
              new SourceAddresses(),
              new TransportCounters(),
              new DnsCounters(),
              TransportLimits.DEFAULT);
      WebSocketDecoderConfig config =
          WebSocketDecoderConfig.newBuilder()
              .maxFramePayloadLength(MAX)
              .allowExtensions(false)
              .closeOnProtocolViolation(false)
              .build();
      channel
          .pipeline()
          .addLast(
              new WebSocket13FrameDecoder(config),
              new WebSocket13FrameEncoder(false),
              new Utf8FrameValidator(false),
              new WebSocketFrameAggregator(MAX),
              new WebSocketHandler(new StreamFlow(edge, Transport.WS, channel, "127.0.0.1")));
    }

    void take(EmbeddedChannel client, WebSocketFrame frame) {
      client.writeOutbound(frame);
      for (Object bytes = client.readOutbound(); bytes != null; bytes = client.readOutbound()) {
        channel.writeInbound(bytes);
      }
    }

    void end() {
      channel.checkException();
      channel.finishAndReleaseAll();
    }

    @Override
    public void onMessage(Flow flow, SipMessage message) {
      heard.add(message.toString());
    }

    @Override
    public void onMalformed(Flow flow, ParseResult.Malformed failure) {
      heard.add(failure.reason());
    }

    @Override
    public void onClosed(Flow flow, CloseCause cause, String reason) {}
  }
}
