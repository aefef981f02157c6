package org.drawbridge.sip.flow;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A flow without a network: keeps what was sent. */
public final class RecordingFlow implements Flow {

  private final FlowId id;
  private final Transport transport;
  private final InetSocketAddress remote;
  private final List<byte[]> sent = new ArrayList<>();
  private boolean open = true;
  private @Nullable Object owner;

  /** A flow to {@code 192.0.2.1} and up, told apart by number. */
  public RecordingFlow(Transport transport, int number) {
    this(transport, number, new InetSocketAddress("192.0.2." + number, 5060));
  }

  /** A flow to an address. */
  public RecordingFlow(Transport transport, int number, InetSocketAddress remote) {
    this(new FlowId(transport + "-" + number), transport, remote);
  }

  /** A flow over UDP whose id says where it leads, as that of a real one does. */
  public static RecordingFlow datagrams(String host, int port) {
    String id = FlowId.DATAGRAM_PREFIX + "198.51.100.1:5060/" + host + ':' + port;
    return new RecordingFlow(
        new FlowId(id), Transport.UDP, new InetSocketAddress(InetAddress.ofLiteral(host), port));
  }

  /** A connection whose id knows where it leads, as that of a real one does. */
  public static RecordingFlow connection(Transport transport, String host) {
    InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral(host), 40_000);
    return new RecordingFlow(FlowId.ofStream(remote.getAddress()), transport, remote);
  }

  private RecordingFlow(FlowId id, Transport transport, InetSocketAddress remote) {
    this.id = id;
    this.transport = transport;
    this.remote = remote;
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
    return new InetSocketAddress("198.51.100.1", 5060);
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public String sentBy() {
    return "198.51.100.1:5060";
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void send(byte[] message) {
    sent.add(message.clone());
  }

  @Override
  public void keep(Object whose) {
    owner = whose;
  }

  /** Whose it was shown to be; null if nobody's. */
  public @Nullable Object owner() {
    return owner;
  }

  @Override
  public void close(String reason) {
    open = false;
  }

  /** Everything sent so far. */
  public List<byte[]> sent() {
    return sent;
  }
}
