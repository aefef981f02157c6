package org.drawbridge.registrar;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Timer;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;

/**
 * Keeps the address bindings of NATs open for UDP phones: something is sent over each registered
 * UDP flow often enough that a NAT which forgets after 30 s does not. Streams keep themselves
 * alive. {@link #onRegistered} may be called from any thread; the rest runs on one loop.
 */
public final class NatKeepAlive {

  private final Loop loop;
  private final Predicate<FlowId> isBound;
  private final long intervalMillis;
  private final Consumer<Flow> ping;
  private final Map<FlowId, Timer> timers = new HashMap<>();

  /**
   * Starts with no flow.
   *
   * @param loop where timers run and pings are sent from
   * @param bindings a flow without a binding is left alone; their cap bounds the timers here
   * @param intervalMillis time between two pings of a flow
   * @param ping sends one, such as an OPTIONS request
   */
  public NatKeepAlive(Loop loop, Bindings bindings, long intervalMillis, Consumer<Flow> ping) {
    this(loop, bindings::isBound, intervalMillis, ping);
  }

  /** As the other one, where something else than bindings says which flows are in use. */
  public NatKeepAlive(
      Loop loop, Predicate<FlowId> isBound, long intervalMillis, Consumer<Flow> ping) {
    this.loop = loop;
    this.isBound = isBound;
    this.intervalMillis = intervalMillis;
    this.ping = ping;
  }

  /** Starts pinging a flow that a client has just registered over, unless that is under way. */
  public void onRegistered(Flow flow) {
    if (flow.transport() == Transport.UDP) {
      loop.execute(() -> timers.computeIfAbsent(flow.id(), id -> next(flow, intervalMillis)));
    }
  }

  /**
   * As {@link #onRegistered}, for a flow that was known before a restart.
   *
   * @param firstMillis time to its first ping, so that not all flows are pinged at once
   */
  public void resume(Flow flow, long firstMillis) {
    loop.execute(() -> timers.computeIfAbsent(flow.id(), id -> next(flow, firstMillis)));
  }

  private Timer next(Flow flow, long millis) {
    return loop.schedule(millis, () -> tick(flow));
  }

  private void tick(Flow flow) {
    if (isBound.test(flow.id())) {
      ping.accept(flow);
      timers.put(flow.id(), next(flow, intervalMillis));
    } else {
      timers.remove(flow.id());
    }
  }
}
