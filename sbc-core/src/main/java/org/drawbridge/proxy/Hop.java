package org.drawbridge.proxy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.drawbridge.policy.Failure;
import org.drawbridge.proxy.media.AskedSession;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.OutgoingRequest;

/** One place to send a request on to, and the request as it goes there. */
interface Hop {

  /** What logs call it; tells no address. */
  String label();

  /**
   * Finds the way, or the next one where it was asked before; at once or in a later turn of the
   * loop.
   */
  void obtain(Consumer<FlowResult> result);

  /** What it means that there is no way. */
  Failure unreachable(String reason);

  /** The request, our Via on top. */
  OutgoingRequest request(Flow flow);

  /**
   * What makes of a provisional or successful response what the sender gets: without our Via. Holds
   * on to the hop only where that has a part in it.
   */
  default Function<SipResponse, byte[]> rewriting() {
    return MessageCopy::withoutTopVia;
  }

  /** What the sender is told of session timers where the other side says nothing of them. */
  default AskedSession session() {
    return AskedSession.NONE;
  }

  /** The flow that a request of this size is sent over (RFC 3261 section 18.1.1). */
  default void carrier(Flow flow, int bytes, Consumer<Flow> result) {
    result.accept(flow);
  }

  /** Whether somebody may answer even after a refusal, as behind the proxy of a trunk. */
  default boolean isForked() {
    return false;
  }

  /** How long the other side may give no sign of life, in ms; 0 as long as a transaction lasts. */
  default long silence() {
    return 0;
  }

  /** The way found last cannot serve: others are tried before it for this long, which may be 0. */
  default void failed(Duration time) {}

  /** The way found last kept silent or broke the connection. */
  default void broke() {}

  /** The flow it was sent over leads nowhere (RFC 5626 section 5.3.1). */
  default void flowFailed() {}

  /**
   * Media as it was offered is not taken.
   *
   * @param status why it was refused
   * @param rang whether somebody was called to the phone by it
   * @return whether the same device can be offered it in another form
   */
  default boolean offerRefused(int status, boolean rang) {
    return false;
  }

  /** A success has gone back to the sender. */
  default void answered() {}

  /** The flow it was sent over has closed. */
  default void flowClosed() {}

  /** Whether who is called would be known again when it comes back on a way of its own making. */
  default boolean mayReturn() {
    return false;
  }

  /** A request that was sent this way is about to be taken back. */
  default void follow(ClientTransaction sent) {}

  /** Whether there is another way to try. */
  default boolean hasNext() {
    return false;
  }
}
