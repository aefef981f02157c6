package org.drawbridge.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands before all else on an accepted connection and tells {@link ConnectionCaps} how much of
 * what has come may still be kept somewhere behind it, as part of a message or request that is not
 * whole: all since the last one that was, and all that came together with its end. One object a
 * connection, on its event loop.
 */
final class Intake extends ChannelInboundHandlerAdapter {
  private long unfinished;
  private long reading;

  /**
   * A message, request or keep-alive has been taken from a connection as a whole, and nothing is
   * kept of what came before. On its event loop.
   */
  static void whole(Channel channel) {
    Intake intake = channel.pipeline().get(Intake.class);
    if (intake != null) {
      intake.unfinished = intake.reading;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object input) {
    if (input instanceof ByteBuf bytes) {
      unfinished += bytes.readableBytes();
      reading += bytes.readableBytes();
    }
    context.fireChannelRead(input);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete();
    reading = 0;
    ConnectionCaps.unfinished(context.channel(), unfinished);
  }
}
