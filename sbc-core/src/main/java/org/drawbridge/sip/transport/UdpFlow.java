package org.drawbridge.sip.transport;

import java.net.InetSocketAddress;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;

/** A UDP socket of ours and a peer's address. A value: made anew for each datagram. Thread-safe. */
record UdpFlow(UdpSocket socket, InetSocketAddress remote) implements Flow {

  @Override
  public FlowId id() {
    return UdpFlowId.of(socket.bound(), remote);
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
  public String toString() {
    return "UDP " + Addresses.hostPort(remote);
  }
}
