package org.drawbridge.sip.transport;

import java.net.InetSocketAddress;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket of ours and a peer's address: a value, equal to any other of the two. It never
 * closes. Thread-safe: threads that race for its name work it out twice and find the same.
 */
final class UdpFlow implements Flow {

  private final UdpSocket socket;
  private final InetSocketAddress remote;
  private @Nullable FlowId id;

  UdpFlow(UdpSocket socket, InetSocketAddress remote) {
    this.socket = socket;
    this.remote = remote;
  }

  @Override
  public FlowId id() {
    FlowId known = id;
    if (known == null) {
      known = UdpFlowId.of(socket.bound(), remote);
      id = known;
    }
    return known;
  }

  @Override
  public Transport transport() {
    return Transport.UDP;
  }

  @Override
  public InetSocketAddress local() {
    return socket.local(remote);
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public String sentBy() {
    return socket.sentBy(remote);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void send(byte[] message) {
    socket.send(message, remote);
  }

  @Override
  public void close(String reason) {}

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UdpFlow that && socket == that.socket && remote.equals(that.remote);
  }

  @Override
  public int hashCode() {
    return remote.hashCode();
  }

  @Override
  public String toString() {
    return "UDP " + Addresses.hostPort(remote);
  }
}
