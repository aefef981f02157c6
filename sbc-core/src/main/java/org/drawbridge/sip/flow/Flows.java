package org.drawbridge.sip.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds and makes flows. Thread-safe. */
public interface Flows {

  /** The open flow of this id, or null when its connection is gone. */
  @Nullable Flow find(FlowId id);

  /**
   * Finds the targets of a destination (RFC 3263); {@code .invalid} is never looked up.
   *
   * @param on where the result is delivered
   */
  void locate(Destination destination, Executor on, Consumer<Located> result);

  /**
   * Gets a flow to one target: the open connection there (RFC 5923), a new one, or a UDP flow from
   * a listener of the same address family.
   *
   * @param on where the result is delivered
   */
  void obtain(Target target, Executor on, Consumer<FlowResult> result);

  /**
   * Takes a trunk's offer to use the connection it opened for our requests to it (RFC 5923 section
   * 5.2). To be called for peers that are known by their address only. Flows other than TCP are
   * passed over.
   *
   * @param port where the peer listens, as its Via says
   */
  default void reuse(Flow flow, int port) {}

  /**
   * Remembers that a target did not serve, so that others are tried before it (RFC 3263 section
   * 4.3).
   */
  default void avoid(Target target, Duration time) {}

  /** Whether a target has failed lately. */
  default boolean isAvoided(Target target) {
    return false;
  }

  /**
   * Gets a flow to the first target of a destination to which there can be one.
   *
   * @param on where the result is delivered
   */
  default void obtain(Destination destination, Executor on, Consumer<FlowResult> result) {
    new TargetWalk(this, destination, on).next(result);
  }

  /**
   * The way to the signalling loop of this process that owns a Call-ID.
   *
   * @throws UnsupportedOperationException where there are no loops, only a network
   */
  default Flow toOwner(String callId) {
    throw new UnsupportedOperationException("no loop owns " + callId);
  }

  /** What came of {@link #obtain}. */
  sealed interface FlowResult {
    /** A flow to send on. */
    record Obtained(Flow flow) implements FlowResult {}

    /**
     * No flow: the name does not resolve, the connection was refused or timed out, or we have no
     * such transport.
     */
    record Unreachable(String reason) implements FlowResult {}
  }

  /** What came of {@link #locate}. */
  sealed interface Located {
    /** At least one target, the best first. */
    record Found(List<Target> targets) implements Located {}

    /** There is no such host, or nobody could be asked. */
    record Nowhere(String reason) implements Located {}
  }
}
