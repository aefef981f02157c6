package org.drawbridge.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Timer;
import org.drawbridge.loop.TimerWheel;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;

/**
 * One phone's flow over UDP and the loop it is served by, without sockets and on a virtual clock.
 */
final class Wire implements Flow, Loop {

  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.ofLiteral("192.0.2.10"), 5060);
  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);

  private final FlowId id = new FlowId(FlowId.DATAGRAM_PREFIX + "192.0.2.10:5060/192.0.2.1:5060");
  private final TimerWheel timers = new TimerWheel(0);
  private byte[] sent = new byte[0];
  private long now;

  /** What was sent last. */
  byte[] sent() {
    return sent;
  }

  /** Moves the clock on by a millisecond. */
  void tick() {
    now++;
    timers.advance(now, this);
  }

  @Override
  public void send(byte[] message) {
    sent = message;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Timer schedule(long delayMillis, Runnable task) {
    return timers.add(now + delayMillis, task);
  }

  @Override
  public int index() {
    return 0;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public FlowId id() {
    return id;
  }

  @Override
  public Transport transport() {
    return Transport.UDP;
  }

  @Override
  public InetSocketAddress local() {
    return LOCAL;
  }

  @Override
  public InetSocketAddress remote() {
    return REMOTE;
  }

  @Override
  public String sentBy() {
    return "192.0.2.10:5060";
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close(String reason) {
    throw new IllegalStateException("A benchmark's flow was closed: " + reason);
  }
}
