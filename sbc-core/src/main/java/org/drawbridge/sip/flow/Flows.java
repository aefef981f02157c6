package org.drawbridge.sip.flow;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds and makes flows. Thread-safe. */
public interface Flows {

  /** The open flow of this id, or null when its connection is gone. */
  @Nullable Flow find(FlowId id);

  /**
   * Gets a flow to a destination: the open connection there (RFC 5923), a new one, or a UDP flow
   * from a listener of the same address family. Names are resolved by RFC 3263; {@code .invalid}
   * never is.
   *
   * @param on where the result is delivered
   */
  void obtain(Destination destination, Executor on, Consumer<FlowResult> result);

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
}
