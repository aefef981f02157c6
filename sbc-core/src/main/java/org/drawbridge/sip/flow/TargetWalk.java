package org.drawbridge.sip.flow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.Flows.Located;
import org.jspecify.annotations.Nullable;

/**
 * The targets of one destination, tried one after the other (RFC 3263 section 4.3): those that
 * failed lately come last. Confined to the executor it is given, where all results are delivered.
 */
public final class TargetWalk {

  private static final Logger LOG = LogManager.getLogger(TargetWalk.class);

  /** How long a target is avoided that keeps silent or breaks the connection. */
  public static final Duration AVOIDED = Duration.ofSeconds(30);

  /** What may go in a datagram where the path's MTU is not known. */
  private static final int MOST_OVER_UDP = 1_300;

  /** About what our Via adds. */
  private static final int VIA_BYTES = 100;

  /** How long a peer that takes no TCP is not asked again. */
  private static final Duration NO_TCP = Duration.ofMinutes(10);

  private final Flows flows;
  private final Destination destination;
  private final Executor loop;
  private final Deque<Target> untried = new ArrayDeque<>();
  private final StringJoiner reasons = new StringJoiner("; ");
  private boolean located;

  /** What the last request was moved to since it was large; null if it was not. */
  private @Nullable Target carrier;

  private @Nullable Target current;

  /** Nothing is asked for before {@link #next}. */
  public TargetWalk(Flows flows, Destination destination, Executor loop) {
    this.flows = flows;
    this.destination = destination;
    this.loop = loop;
  }

  /** A flow to the next target to which there can be one; unreachable when there is none left. */
  public void next(Consumer<FlowResult> result) {
    Target literal = located ? null : destination.literal();
    if (literal != null) {
      located = true;
      untried.add(literal);
    }
    if (located) {
      tryNext(result);
    } else {
      flows.locate(destination, loop, found -> onLocated(found, result));
    }
  }

  /** Whether the last request was moved to TCP, so that UDP is left to try. */
  public boolean isMoved() {
    return carrier != null;
  }

  /** Whether another target is left to try. */
  public boolean hasNext() {
    return !untried.isEmpty();
  }

  /**
   * The target whose flow was given last kept silent or broke the connection. If that was TCP, to
   * which a large request had been moved, it is tried over UDP next.
   */
  public void broke() {
    if (carrier == null || current == null) {
      avoidCurrent(AVOIDED, "no answer");
    } else {
      avoid(carrier, NO_TCP, "no answer over TCP");
      untried.addFirst(current);
    }
  }

  /**
   * The target whose flow was given last answered that it cannot serve: 503.
   *
   * @param time how long others are to be tried before it, by its Retry-After; zero if only this
   *     request is concerned (RFC 3261 section 21.5.4)
   */
  public void failed(Duration time) {
    if (time.isPositive()) {
      avoidCurrent(time, "cannot serve now");
    }
  }

  private void avoidCurrent(Duration time, String why) {
    if (current != null) {
      avoid(current, time, why);
    }
  }

  /** Logged once for each time that it is avoided, however many calls find it so. */
  private void avoid(Target target, Duration time, String why) {
    if (!flows.isAvoided(target)) {
      LOG.info(
          "target.failed of={} transport={} address={} avoided-s={} reason=\"{}\"",
          destination.host(),
          target.transport(),
          target.address(),
          time.toSeconds(),
          why);
    }
    flows.avoid(target, time);
  }

  /**
   * The flow that a request of this size is sent over (RFC 3261 section 18.1.1): TCP to the same
   * address and port where it is large and UDP was not asked for by name; where there is no TCP,
   * the flow that was given.
   *
   * @param bytes length of the request without our Via
   */
  public void carrier(Flow flow, int bytes, Consumer<Flow> result) {
    Target stream = new Target(Transport.TCP, flow.remote(), destination.host());
    boolean large = flow.transport() == Transport.UDP && bytes + VIA_BYTES > MOST_OVER_UDP;
    if (!large || destination.transport() != null || flows.isAvoided(stream)) {
      result.accept(flow);
      return;
    }
    flows.obtain(
        stream,
        loop,
        got -> {
          switch (got) {
            case FlowResult.Obtained(Flow tcp) -> {
              carrier = stream;
              result.accept(tcp);
            }
            case FlowResult.Unreachable _ -> {
              flows.avoid(stream, NO_TCP);
              result.accept(flow);
            }
          }
        });
  }

  private void onLocated(Located found, Consumer<FlowResult> result) {
    located = true;
    switch (found) {
      case Located.Found(List<Target> targets) -> {
        List<Target> avoided = new ArrayList<>();
        for (Target target : targets) {
          (flows.isAvoided(target) ? avoided : untried).add(target);
        }
        untried.addAll(avoided);
      }
      case Located.Nowhere(String reason) -> reasons.add(reason);
    }
    Target first = destination.first();
    if (first != null && !flows.isAvoided(first)) {
      untried.remove(first);
      untried.addFirst(first);
    }
    tryNext(result);
  }

  private void tryNext(Consumer<FlowResult> result) {
    Target target = untried.poll();
    current = target;
    carrier = null;
    if (target == null) {
      result.accept(new FlowResult.Unreachable(reasons.toString()));
    } else {
      flows.obtain(target, loop, got -> onFlow(target, got, result));
    }
  }

  private void onFlow(Target target, FlowResult got, Consumer<FlowResult> result) {
    switch (got) {
      case FlowResult.Obtained obtained -> result.accept(obtained);
      case FlowResult.Unreachable(String reason) -> {
        avoid(target, AVOIDED, reason);
        reasons.add(reason);
        tryNext(result);
      }
    }
  }
}
