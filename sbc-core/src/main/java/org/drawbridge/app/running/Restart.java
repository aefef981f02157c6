package org.drawbridge.app.running;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.MediaConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a running program cannot change: it stays as it is until a restart, and all else is changed.
 *
 * @param config what can be put into force now
 * @param later each key that waits for a restart, in words for an operator
 */
record Restart(SbcConfig config, List<String> later) {

  private static final String WORDS = ": takes effect after a restart";

  Restart {
    later = List.copyOf(later);
  }

  /** Keeps of the old configuration what must stay. */
  static Restart between(SbcConfig old, SbcConfig wanted) {
    List<String> later = new ArrayList<>();
    Path store = old.accounts().registrar().store();
    note(later, "registrar.store", store, wanted.accounts().registrar().store());
    List<ListenerConfig> listeners =
        listeners(old.edge().listeners(), wanted.edge().listeners(), later);
    note(later, "control.socket", old.operation().socket(), wanted.operation().socket());
    SbcConfig config =
        wanted
            .controlledAt(old.operation().socket())
            .with(wanted.accounts().storedIn(store))
            .with(media(old.media(), wanted.media(), later))
            .with(wanted.edge().with(listeners));
    return new Restart(config, later);
  }

  private static MediaConfig media(MediaConfig old, MediaConfig wanted, List<String> later) {
    note(later, "media.bind", old.bind(), wanted.bind());
    note(later, "media.advertise", old.advertise(), wanted.advertise());
    note(later, "media.local-networks", old.localNetworks(), wanted.localNetworks());
    note(later, "media.rtp-ports", old.rtpPorts(), wanted.rtpPorts());
    note(later, "media.webrtc-port", old.webrtcPort(), wanted.webrtcPort());
    note(later, "media.silence-timeout", old.silenceTimeout(), wanted.silenceTimeout());
    note(later, "media.loops", old.loops(), wanted.loops());
    return new MediaConfig(
        old.bind(),
        old.advertise(),
        old.localNetworks(),
        old.rtpPorts(),
        old.webrtcPort(),
        old.silenceTimeout(),
        wanted.codecs(),
        old.loops());
  }

  /** A port cannot be bound while an old listener holds it on other addresses. */
  private static List<ListenerConfig> listeners(
      List<ListenerConfig> old, List<ListenerConfig> wanted, List<String> later) {
    List<ListenerConfig> result = new ArrayList<>();
    for (ListenerConfig listener : wanted) {
      boolean stays = old.stream().anyMatch(listener::sharesSocketWith);
      List<ListenerConfig> inTheWay =
          stays ? List.of() : old.stream().filter(listener::overlaps).toList();
      if (inTheWay.isEmpty()) {
        result.add(listener);
      } else {
        inTheWay.stream().filter(o -> !result.contains(o)).forEach(result::add);
        later.add(
            "listeners: "
                + listener.describe()
                + " in place of "
                + inTheWay.getFirst().describe()
                + WORDS);
      }
    }
    return result;
  }

  private static void note(
      List<String> later, String key, @Nullable Object old, @Nullable Object wanted) {
    if (!Objects.equals(old, wanted)) {
      later.add(key + WORDS);
    }
  }
}
