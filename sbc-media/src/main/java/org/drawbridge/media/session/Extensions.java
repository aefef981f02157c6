package org.drawbridge.media.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The header extensions of one leg (RFC 8285). Their ids stay while the leg lives and are the same
 * on all media of a bundle (RFC 9143 9.1). Those of video pass from browser to browser under the
 * ids of each; the mid is each leg's own.
 */
final class Extensions {

  /** Tells the {@code m=} line of a packet in a bundle (RFC 9143 15.1). */
  static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

  /** Numbers packets over all streams of a transport, for feedback on congestion. */
  static final String TRANSPORT_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /** What says something of a picture or its sending and nothing of its sender. */
  private static final Set<String> PASSED =
      Set.of(
          TRANSPORT_CC,
          "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
          "urn:ietf:params:rtp-hdrext:toffset",
          "urn:3gpp:video-orientation",
          "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
          "http://www.webrtc.org/experiments/rtp-hdrext/video-content-type",
          "http://www.webrtc.org/experiments/rtp-hdrext/color-space",
          "https://aomediacodec.github.io/av1-rtp-spec/"
              + "#dependency-descriptor-rtp-header-extension");

  private static final int MAX_ID = 14;

  /** Most legs have none, so there is no table before the first. */
  private Map<String, Integer> ids = Map.of();

  /** Takes over the ids a peer's offer binds. */
  void learn(Map<String, Integer> offered) {
    if (!offered.isEmpty()) {
      Map<String, Integer> bound = new HashMap<>(ids);
      bound.values().removeAll(offered.values());
      bound.putAll(offered);
      ids = bound;
    }
  }

  /** Ids for what of these may pass and has room, with the mid. */
  Map<String, Integer> number(Set<String> uris) {
    Map<String, Integer> numbered = new LinkedHashMap<>();
    add(numbered, MID);
    uris.stream().filter(PASSED::contains).sorted().forEach(uri -> add(numbered, uri));
    return numbered;
  }

  private void add(Map<String, Integer> numbered, String uri) {
    Integer bound = ids.get(uri);
    if (bound != null) {
      numbered.put(uri, bound);
      return;
    }
    int id = firstFree();
    if (id <= MAX_ID) {
      learn(Map.of(uri, id));
      numbered.put(uri, id);
    }
  }

  private int firstFree() {
    int id = 1;
    while (ids.containsValue(id)) {
      id++;
    }
    return id;
  }

  /** What of one side's extensions the other has too, under the former's ids. */
  static Map<String, Integer> shared(Map<String, Integer> mine, Map<String, Integer> theirs) {
    if (mine.isEmpty() || theirs.isEmpty()) {
      return Map.of();
    }
    Map<String, Integer> both = new LinkedHashMap<>(mine);
    both.keySet().retainAll(theirs.keySet());
    return both;
  }

  /** An offer's extensions that the other leg has agreed to, and its mid. */
  static Map<String, Integer> answered(Map<String, Integer> offered, Map<String, Integer> other) {
    Map<String, Integer> taken = new LinkedHashMap<>(offered);
    taken.keySet().removeIf(uri -> !uri.equals(MID) && !passes(uri, other));
    return taken;
  }

  private static boolean passes(String uri, Map<String, Integer> other) {
    return PASSED.contains(uri) && other.containsKey(uri);
  }

  /** Ids of packets of one leg, and those with which they leave by the other. */
  static Map<Integer, Integer> between(Map<String, Integer> from, Map<String, Integer> to) {
    Map<Integer, Integer> moved = new HashMap<>();
    from.forEach(
        (uri, id) -> {
          if (passes(uri, to)) {
            moved.put(id, to.get(uri));
          }
        });
    return moved;
  }
}
