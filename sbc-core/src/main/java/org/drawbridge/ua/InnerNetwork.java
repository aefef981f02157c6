package org.drawbridge.ua;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Shards;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.message.SipMessage;
import org.jspecify.annotations.Nullable;

/**
 * Joins the signalling loops of one process, so that a call of one can be joined with a call of
 * another while each stays where it is. Thread-safe; each loop is added once, before any call.
 */
public final class InnerNetwork {

  /** Takes a message that came over a flow; called on the sender's thread. */
  interface Reader {
    void read(Flow flow, SipMessage message);
  }

  private record Way(int from, int to) {}

  private final Shards shards;
  private final Map<Integer, Reader> readers = new ConcurrentHashMap<>();
  private final Map<Way, InnerFlow> ways = new ConcurrentHashMap<>();

  /** Of these loops. */
  public InnerNetwork(Shards shards) {
    this.shards = shards;
  }

  void add(Loop loop, UserAgentCore core) {
    readers.put(loop.index(), (flow, message) -> loop.execute(() -> core.onMessage(flow, message)));
  }

  /** These flows, and besides the ways from one loop to all others. */
  Flows with(Flows flows, Loop from) {
    return new Flows() {
      @Override
      public @Nullable Flow find(FlowId id) {
        return flows.find(id);
      }

      @Override
      public void locate(Destination destination, Executor on, Consumer<Located> result) {
        flows.locate(destination, on, result);
      }

      @Override
      public void obtain(Target target, Executor on, Consumer<FlowResult> result) {
        flows.obtain(target, on, result);
      }

      @Override
      public void reuse(Flow flow, int port) {
        flows.reuse(flow, port);
      }

      @Override
      public void avoid(Target target, Duration time) {
        flows.avoid(target, time);
      }

      @Override
      public boolean isAvoided(Target target) {
        return flows.isAvoided(target);
      }

      @Override
      public Flow toOwner(String callId) {
        return way(from.index(), shards.loopOf(callId).index());
      }
    };
  }

  private InnerFlow way(int from, int to) {
    return ways.computeIfAbsent(
        new Way(from, to), _ -> InnerFlow.pair(from + "-" + to, reader(from), reader(to)));
  }

  private Reader reader(int loop) {
    Reader reader = readers.get(loop);
    if (reader == null) {
      throw new IllegalStateException("loop " + loop + " was not added");
    }
    return reader;
  }
}
