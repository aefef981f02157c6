package org.drawbridge.sip.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import org.drawbridge.sip.transport.TransportCounters.Kind;

/**
 * Ends a WebSocket whose peer has begun a message in fragments (RFC 6455 section 5.4) and does not
 * end it in time: what has come of it is kept until then, and pings between the fragments are
 * answered. One object a connection, on its event loop.
 */
final class FragmentDeadline extends ChannelInboundHandlerAdapter {
  private final StreamFlow flow;
  private final Deadline deadline = new Deadline();
  private boolean begun;

  FragmentDeadline(StreamFlow flow) {
    this.flow = flow;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object input) {
    switch (input) {
      case TextWebSocketFrame frame -> watch(context, frame);
      case BinaryWebSocketFrame frame -> watch(context, frame);
      case ContinuationWebSocketFrame frame -> watch(context, frame);
      default -> {
        if (!begun) {
          Intake.whole(context.channel());
        }
      }
    }
    context.fireChannelRead(input);
  }

  private void watch(ChannelHandlerContext context, WebSocketFrame frame) {
    begun = !frame.isFinalFragment();
    if (!begun) {
      deadline.clear();
    } else {
      Duration time = flow.edge().limits().times().message();
      deadline.arm(context, time, () -> missed(time));
    }
  }

  private void missed(Duration time) {
    flow.count(Kind.TIMED_OUT);
    flow.lose("no whole message within " + time.toSeconds() + " s");
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    deadline.clear();
    context.fireChannelInactive();
  }
}
