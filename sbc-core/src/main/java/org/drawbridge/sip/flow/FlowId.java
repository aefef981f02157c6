package org.drawbridge.sip.flow;

/**
 * Names a flow. The id of a stream is unguessable and dies with the connection; that of a UDP flow
 * is made of listener and remote address, so it means the same after a restart.
 */
public record FlowId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
