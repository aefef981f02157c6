package org.drawbridge.sip.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.loop.Timer;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/** The side of a simulation that answers requests, in its own time, and writes down what it did. */
final class SimCallee implements SimNet.Peer, TransactionUser {

  private static final int[] INVITE_ANSWERS = {200, 200, 302, 486, 603};
  private static final int[] OTHER_ANSWERS = {200, 200, 404, 408};

  final TransactionLayer layer;

  /** Call-IDs of requests, one entry for each time one was passed up. */
  final List<String> requests = new ArrayList<>();

  /** The final status given, by Call-ID. */
  final Map<String, Integer> answers = new HashMap<>();

  final Set<String> cancelled = new HashSet<>();
  final Set<String> acknowledged = new HashSet<>();

  private final SimLoop loop;
  private final Random random;
  private final Map<String, Timer> repeating = new HashMap<>();

  SimCallee(SimLoop loop, Random random) {
    this.loop = loop;
    this.random = random;
    layer = new TransactionLayer(loop, this, TransactionSettings.DEFAULTS);
  }

  @Override
  public void onRequest(ServerTransaction transaction) {
    SipRequest request = transaction.request();
    requests.add(request.callId());
    boolean invite = request.method() == Method.INVITE;
    int[] choice = invite ? INVITE_ANSWERS : OTHER_ANSWERS;
    int status = choice[random.nextInt(choice.length)];
    if (invite && random.nextBoolean()) {
      loop.schedule(random.nextLong(1_000), () -> ring(transaction));
    }
    loop.schedule(random.nextLong(invite ? 10_000 : 5_000), () -> answer(transaction, status));
  }

  private void ring(ServerTransaction transaction) {
    if (!transaction.isAnswered()) {
      transaction.respond(Messages.response(transaction.request(), 180));
    }
  }

  private void answer(ServerTransaction transaction, int status) {
    if (transaction.isAnswered()) {
      return;
    }
    SipResponse response = Messages.response(transaction.request(), status);
    answers.put(response.callId(), status);
    transaction.respond(response);
    if (transaction.request().method() == Method.INVITE && response.isSuccess()) {
      repeatUntilAck(transaction, response, 500, loop.now() + 32_000);
    }
  }

  private void repeatUntilAck(
      ServerTransaction transaction, SipResponse success, long interval, long end) {
    if (loop.now() + interval < end) {
      Timer timer =
          loop.schedule(
              interval,
              () -> {
                transaction.respond(success);
                repeatUntilAck(transaction, success, Math.min(2 * interval, 4_000), end);
              });
      repeating.put(success.callId(), timer);
    }
  }

  @Override
  public void onCancel(ServerTransaction invite, SipRequest cancel) {
    cancelled.add(cancel.callId());
    answer(invite, 487);
  }

  @Override
  public void onAck(SipRequest ack, Flow flow) {
    acknowledged.add(ack.callId());
    Timer timer = repeating.remove(ack.callId());
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public void onStrayResponse(SipResponse response, Flow flow) {
    throw new AssertionError("The callee sends no requests, yet gets " + response);
  }

  @Override
  public void onMessage(Flow flow, SipMessage message) {
    layer.onMessage(flow, message);
  }

  @Override
  public void onClosed(Flow flow) {
    layer.onFlowClosed(flow);
  }
}
