package org.drawbridge.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Stands before all else on an accepted connection and tells {@link ConnectionCaps} how much of
 * what has come may still be kept somewhere behind it, as part of a message or request that is not
 * whole: all since the last one that was, and all that came together with its end. One object a
 * connection, on its event loop.
 */
final class Intake extends ChannelInboundHandlerAdapter {
  private long unfinished;
  private long reading;

  /** What a decoder goes on keeping, whatever is whole. */
  private long held;

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

  /**
   * A decoder has needed so many bytes at once, and keeps them for what comes next. On its event
   * loop.
   */
  static void held(Channel channel, long bytes) {
    Intake intake = channel.pipeline().get(Intake.class);
    if (intake != null) {
      intake.held = Math.max(intake.held, bytes);
    }
  }

  /** A decoder that kept something is there no more. On its event loop. */
  static void freed(Channel channel) {
    Intake intake = channel.pipeline().get(Intake.class);
    if (intake != null) {
      intake.held = 0;
    }
  }

  /** Of all that has come from a connection, so many bytes are kept. On its event loop. */
  static void left(Channel channel, long bytes) {
    Intake intake = channel.pipeline().get(Intake.class);
    if (intake != null) {
      intake.unfinished = bytes;
    }
  }

  /**
   * Has a decoder keep only those reads of which something is not decoded. By itself it gathers
   * them in one buffer, which stays as large as the largest frame was.
   */
  static void keepLittle(ByteToMessageDecoder decoder) {
    decoder.setCumulator(ByteToMessageDecoder.COMPOSITE_CUMULATOR);
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
    ConnectionCaps.unfinished(context.channel(), unfinished + held);
  }
}
