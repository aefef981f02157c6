package org.drawbridge.routing.config.reader;

import java.util.List;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.MediaConfig;
import org.drawbridge.routing.value.HostPort;
import org.drawbridge.routing.value.PortRange;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Finds SIP listeners on UDP ports that media wants, or on the TCP port of the metrics. */
final class PortConflicts {

  private PortConflicts() {}

  static void check(Section section, List<ListenerConfig> listeners, MediaConfig media) {
    YamlValue place = section.find("listeners");
    if (place == null) {
      return;
    }
    int lastShared = media.webrtcPort() + Math.max(1, media.loops()) - 1;
    PortRange webrtc = new PortRange(media.webrtcPort(), lastShared);
    for (ListenerConfig listener : listeners) {
      int port = listener.bind().port();
      if (!listener.transport().datagram()) {
        continue;
      }
      if (media.rtpPorts().contains(port)) {
        place.problem(
            "the udp listener's port " + port + " lies within rtp-ports " + media.rtpPorts());
      } else if (webrtc.contains(port)) {
        place.problem("the udp listener's port " + port + " is a webrtc-port");
      }
    }
  }

  /** The same for the metrics, where they have a port. */
  static void check(Section section, List<ListenerConfig> listeners, @Nullable HostPort metrics) {
    YamlValue place = section.find("metrics");
    if (place == null || metrics == null) {
      return;
    }
    listeners.stream()
        .filter(listener -> !listener.transport().datagram() && listener.meets(metrics))
        .findFirst()
        .ifPresent(
            listener ->
                place.problem(
                    metrics
                        + " is already taken by the "
                        + listener.transport().token()
                        + " listener"));
  }
}
