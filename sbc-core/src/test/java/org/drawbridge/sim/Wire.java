package org.drawbridge.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.SipMessage;
import org.jspecify.annotations.Nullable;

/** One end of a link that delivers everything at once and in order, after parsing it. */
public final class Wire implements Flow {

  private final SimLoop loop;
  private final FlowId id;
  private final Transport transport;
  private final InetSocketAddress local;
  private final BiConsumer<Flow, SipMessage> reader;
  private @Nullable Wire other;
  private boolean open = true;
  private boolean kept;
  private int held;

  Wire(
      SimLoop loop,
      String name,
      Transport transport,
      InetSocketAddress local,
      BiConsumer<Flow, SipMessage> reader) {
    this.loop = loop;
    this.id = new FlowId(name);
    this.transport = transport;
    this.local = local;
    this.reader = reader;
  }

  static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  /** Makes two ends one link. */
  static void join(Wire a, Wire b) {
    a.other = b;
    b.other = a;
  }

  Wire other() {
    if (other == null) {
      throw new IllegalStateException("not connected");
    }
    return other;
  }

  @Override
  public void keep() {
    kept = true;
  }

  /** Whether it gives way to nobody. */
  public boolean isKept() {
    return kept;
  }

  @Override
  public void hold() {
    held++;
  }

  @Override
  public void letGo() {
    held--;
  }

  /** Whether a call keeps a flow from giving way. */
  public static boolean isHeld(Flow flow) {
    return flow instanceof Wire wire && wire.held != 0;
  }

  @Override
  public void send(byte[] message) {
    byte[] copy = message.clone();
    loop.execute(() -> other().receive(copy));
  }

  private void receive(byte[] bytes) {
    if (open) {
      reader.accept(this, parse(bytes));
    }
  }

  static SipMessage parse(byte[] bytes) {
    ParseResult result = SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT);
    if (result instanceof ParseResult.Parsed(SipMessage message)) {
      return message;
    }
    throw new AssertionError("malformed: " + result);
  }

  /** Closes both ends without telling anyone. */
  public void cut() {
    open = false;
    other().open = false;
  }

  /** What is sent to this end gets lost, as behind a NAT that has forgotten it. */
  public void deafen() {
    open = false;
  }

  @Override
  public FlowId id() {
    return id;
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public InetSocketAddress remote() {
    return other().local;
  }

  @Override
  public String sentBy() {
    return local.getAddress().getHostAddress() + ":" + local.getPort();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close(String reason) {
    cut();
  }
}
