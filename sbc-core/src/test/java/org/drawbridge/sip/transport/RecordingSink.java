package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowSink;
import org.drawbridge.sip.message.SipMessage;

/** Keeps what transports deliver, in order, for a test that waits for it. */
final class RecordingSink implements FlowSink {
  private static final long DEADLINE_S = 60;

  private final BlockingQueue<Received> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<Refused> malformed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Closed> closed = new LinkedBlockingQueue<>();

  record Received(Flow flow, SipMessage message) {}

  record Refused(Flow flow, ParseResult.Malformed failure) {}

  record Closed(Flow flow, CloseCause cause, String reason) {}

  @Override
  public void onMessage(Flow flow, SipMessage message) {
    messages.add(new Received(flow, message));
  }

  @Override
  public void onMalformed(Flow flow, ParseResult.Malformed failure) {
    malformed.add(new Refused(flow, failure));
  }

  @Override
  public void onClosed(Flow flow, CloseCause cause, String reason) {
    closed.add(new Closed(flow, cause, reason));
  }

  Received message() {
    return next(messages);
  }

  Refused malformed() {
    return next(malformed);
  }

  Closed closed() {
    return next(closed);
  }

  boolean isSilent() {
    return messages.isEmpty() && malformed.isEmpty() && closed.isEmpty();
  }

  private static <T> T next(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(DEADLINE_S, TimeUnit.SECONDS);
      assertThat(next).as("delivered within %d s", DEADLINE_S).isNotNull();
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
