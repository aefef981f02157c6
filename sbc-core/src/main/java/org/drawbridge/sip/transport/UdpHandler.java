package org.drawbridge.sip.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.transport.TransportCounters.Kind;

/** One datagram, one message (RFC 3261 section 18). One object a socket, on its event loop. */
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger LOG = LogManager.getLogger(UdpHandler.class);
  private static final byte[] PING = {'\r', '\n', '\r', '\n'};
  private static final byte[] PONG = {'\r', '\n'};

  /** What is shorter is no message: phones send a few bytes of anything to keep their NAT open. */
  private static final int SHORTEST = "A a:b SIP/2.0".length();

  private final Edge edge;
  private final UdpSocket socket;

  UdpHandler(Edge edge, UdpSocket socket) {
    this.edge = edge;
    this.socket = socket;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    InetSocketAddress remote = packet.sender();
    byte[] bytes = ByteBufUtil.getBytes(packet.content());
    edge.counters().add(Transport.UDP, Kind.BYTES_IN, bytes.length);
    if (remote.getPort() == 0) {
      return;
    }
    if (bytes.length < SHORTEST || isStun(bytes)) {
      keepAlive(bytes, remote);
      return;
    }
    deliver(SipParser.parseOwn(bytes, edge.limits().messages()), socket.flow(remote));
  }

  private void deliver(ParseResult result, UdpFlow flow) {
    switch (result) {
      case ParseResult.Parsed(SipMessage message) -> {
        edge.counters().count(Transport.UDP, Kind.MESSAGES_IN);
        if (socket.takes(message)) {
          edge.sink().onMessage(flow, message);
        }
      }
      case ParseResult.Malformed failure -> {
        edge.counters().count(Transport.UDP, Kind.MALFORMED);
        if (failure.reply() != null) {
          flow.send(failure.reply().wire());
        }
        edge.sink().onMalformed(flow, failure);
      }
      case ParseResult.KeepAlive() -> edge.counters().count(Transport.UDP, Kind.KEEP_ALIVES);
    }
  }

  /** RFC 5626 section 3.5.1, which knows this for streams; phones do it over UDP as well. */
  private void keepAlive(byte[] bytes, InetSocketAddress remote) {
    edge.counters().count(Transport.UDP, Kind.KEEP_ALIVES);
    byte[] answer = Arrays.equals(bytes, PING) ? PONG : StunKeepAlive.answer(bytes, remote);
    if (answer != null) {
      socket.write(answer, remote);
    }
  }

  /**
   * No SIP message starts with such a byte, every STUN message does (RFC 5626 section 8, RFC 7983).
   */
  private static boolean isStun(byte[] bytes) {
    return bytes[0] >= 0 && bytes[0] <= 3;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("Receiving on {}: {}", socket.bound(), cause.getMessage());
    } else {
      LOG.error("Fault while serving {}", socket.bound(), cause);
    }
  }
}
