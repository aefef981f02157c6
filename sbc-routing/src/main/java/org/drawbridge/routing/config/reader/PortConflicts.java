package org.drawbridge.routing.config.reader;

import java.util.List;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.MediaConfig;
import org.drawbridge.routing.value.PortRange;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;

/** Finds SIP listeners on UDP ports that media wants. */
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
}
