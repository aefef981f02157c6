package org.drawbridge.sip.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A listener that runs.
 *
 * @param settings what was asked for
 * @param address what it is bound to, with the real port
 */
public record BoundListener(ListenerSettings settings, InetSocketAddress address) {

  /** The first listener of a transport from which a peer can be reached, null if there is none. */
  static @Nullable BoundListener reaching(
      List<BoundListener> listeners, Transport transport, InetAddress peer) {
    for (BoundListener listener : listeners) {
      if (listener.settings.transport() == transport
          && Addresses.reaches(listener.address.getAddress(), peer)) {
        return listener;
      }
    }
    return null;
  }
}
