package org.drawbridge.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.codec.StreamEvent;
import org.drawbridge.sip.codec.StreamFramer;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.jspecify.annotations.Nullable;

/**
 * SIP over TCP or TLS, after the handshake if there is one (RFC 3261 section 18.3, RFC 5626 section
 * 3.5.1). One object a connection, on its event loop.
 */
final class StreamHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private static final byte[] PONG = {'\r', '\n'};

  /** How long the peer gets to read the answer to what it broke, before the connection goes. */
  private static final long LINGER_MS = 1_000;

  /** How long the messages before what broke the stream have to be answered. */
  private static final long ANSWERING_MS = 200;

  private final StreamFlow flow;
  private final StreamFramer framer;
  private final Deadline deadline = new Deadline();

  /** False until an accepted connection has shown with one message that it speaks SIP. */
  private boolean trusted;

  private boolean framingLost;

  /** Null on an accepted connection: its opener keeps it alive (RFC 5626 section 4.4). */
  private final @Nullable StreamPing ping;

  /**
   * @param accepted whether the peer opened the connection, and so owes us a message
   */
  StreamHandler(StreamFlow flow, boolean accepted) {
    this.flow = flow;
    this.ping = accepted ? null : new StreamPing(flow);
    this.framer = new StreamFramer(flow.edge().limits().messages());
    this.trusted = !accepted;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    flow.opened();
    if (ping != null) {
      ping.start(context);
    }
    watch(context);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf input) {
    if (framingLost) {
      return;
    }
    byte[] bytes = ByteBufUtil.getBytes(input);
    flow.edge().counters().add(flow.transport(), Kind.BYTES_IN, bytes.length);
    if (ping != null) {
      ping.heard();
    }
    for (StreamEvent event : framer.feed(bytes, 0, bytes.length)) {
      on(context, event);
    }
    tellKept(context);
    watch(context);
  }

  /** Behind TLS there may be more than we see: the beginning of a record. */
  private void tellKept(ChannelHandlerContext context) {
    if (!flow.transport().isSecure()) {
      Intake.left(context.channel(), framer.buffered());
    } else if (framer.buffered() == 0) {
      Intake.whole(context.channel());
    }
  }

  private void on(ChannelHandlerContext context, StreamEvent event) {
    switch (event) {
      case StreamEvent.Message(var result) -> {
        deadline.clear();
        trusted = true;
        flow.deliver(result);
      }
      case StreamEvent.Ping() -> {
        flow.count(Kind.KEEP_ALIVES);
        flow.write(Unpooled.wrappedBuffer(PONG));
      }
      case StreamEvent.Pong() -> {
        if (ping != null) {
          ping.ponged();
        }
      }
      case StreamEvent.FramingLost(String reason, SipResponse reply) ->
          lost(context, reason, reply);
    }
  }

  /** The peer owes us the rest of a message, or its first one. */
  private void watch(ChannelHandlerContext context) {
    if (framingLost || (trusted && framer.buffered() == 0)) {
      deadline.clear();
      return;
    }
    Duration time = flow.edge().limits().times().message();
    deadline.arm(context, time, () -> missed(time));
  }

  private void missed(Duration time) {
    flow.count(Kind.TIMED_OUT);
    flow.lose("no whole message within " + time.toSeconds() + " s");
  }

  /**
   * Answers and closes, after a moment in which what was understood is answered too. Closing with
   * bytes unread would reset the connection and take the answers with it, so we first only stop
   * sending.
   */
  private void lost(ChannelHandlerContext context, String reason, @Nullable SipResponse reply) {
    framingLost = true;
    flow.count(Kind.FRAMING_LOST);
    if (reply != null) {
      flow.send(reply.wire());
      context.flush();
    }
    context
        .executor()
        .schedule(() -> stopSending(context, reason), ANSWERING_MS, TimeUnit.MILLISECONDS);
  }

  private void stopSending(ChannelHandlerContext context, String reason) {
    flow.ends(CloseCause.LOST, "not understood: " + reason);
    if (!flow.transport().isSecure() && context.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
    context.executor().schedule(() -> context.close(), LINGER_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!context.channel().isWritable()) {
      flow.notReading();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    deadline.clear();
    if (ping != null) {
      ping.stop();
    }
    flow.closed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Faults.endFlow(flow, cause);
  }
}
