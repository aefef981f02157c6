package org.drawbridge.ua;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;

/**
 * One end of a way from one signalling loop to another, or to itself, for calls that are joined
 * with calls of ours. What is sent into it comes out at the loop of the other end, whatever its
 * Call-ID. Thread-safe.
 */
final class InnerFlow implements Flow {

  private static final InetSocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);

  private final FlowId id;
  private final InnerNetwork.Reader reader;
  private @Nullable InnerFlow other;

  private InnerFlow(String name, InnerNetwork.Reader reader) {
    this.id = new FlowId("inner-" + name);
    this.reader = reader;
  }

  /**
   * Makes both ends.
   *
   * @param near reads what the far end sends
   * @param far reads what the near end sends
   * @return the near end
   */
  static InnerFlow pair(String name, InnerNetwork.Reader near, InnerNetwork.Reader far) {
    InnerFlow one = new InnerFlow(name + "-near", near);
    InnerFlow two = new InnerFlow(name + "-far", far);
    one.other = two;
    two.other = one;
    return one;
  }

  @Override
  public FlowId id() {
    return id;
  }

  /** Nothing is lost on the way, so that transactions need not repeat themselves. */
  @Override
  public Transport transport() {
    return Transport.TCP;
  }

  @Override
  public InetSocketAddress local() {
    return NOWHERE;
  }

  @Override
  public InetSocketAddress remote() {
    return NOWHERE;
  }

  @Override
  public String sentBy() {
    return "inner.invalid:5060";
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void send(byte[] message) {
    InnerFlow to = other;
    if (to != null
        && SipParser.parse(message, 0, message.length, ParseLimits.DEFAULT)
            instanceof ParseResult.Parsed(var parsed)) {
      to.reader.read(to, parsed);
    }
  }

  @Override
  public void close(String reason) {
    // It lasts as long as the process.
  }
}
