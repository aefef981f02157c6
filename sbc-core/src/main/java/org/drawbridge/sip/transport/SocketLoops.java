package org.drawbridge.sip.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.MultithreadEventLoopGroup;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;

/** The event loops of all signalling loops: connections are spread over them in turn. */
final class SocketLoops extends MultithreadEventLoopGroup {
  private static final Executor NONE =
      task -> {
        throw new IllegalStateException("loops have their threads already");
      };

  SocketLoops(List<SocketLoop> loops) {
    super(loops.size(), NONE, loops.iterator());
  }

  /** Called by the superclass, once for each. */
  @Override
  protected EventLoop newChild(Executor executor, Object... loops) {
    return ((SocketLoop) ((Iterator<?>) loops[0]).next()).events();
  }
}
