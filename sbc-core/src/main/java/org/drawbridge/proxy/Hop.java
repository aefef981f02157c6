package org.drawbridge.proxy;

import java.util.function.Consumer;
import org.drawbridge.policy.Failure;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.transaction.OutgoingRequest;

/** One place to send a request on to, and the request as it goes there. */
interface Hop {

  /** What logs call it; tells no address. */
  String label();

  /** Finds the way, at once or in a later turn of the loop. */
  void obtain(Consumer<FlowResult> result);

  /** What it means that there is no way. */
  Failure unreachable(String reason);

  /** The request, our Via on top. */
  OutgoingRequest request(Flow flow);
}
