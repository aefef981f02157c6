package org.drawbridge.media.relay;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.rtp.HeaderExtensions;
import org.drawbridge.media.rtp.RtpView;
import org.jspecify.annotations.Nullable;

/**
 * Tells the streams of a BUNDLE apart (RFC 9143 9.2): by SSRC; where that is new by the mid in the
 * packet, else by its payload type, and the SSRC is known from then on. Bounded, since a peer
 * chooses its SSRCs: what no longer fits is told by payload type each time. Owned by a media loop.
 */
final class StreamDemux {

  /** Of a stream whose packets no description has told of yet. */
  static final StreamShape NO_SHAPE = new StreamShape(null, 0, List.of(), Set.of(), Set.of());

  private static final int SLOTS = 128;
  private static final int MAX_SOURCES = SLOTS / 2;
  private static final int TYPES = 128;

  /** Streams in the order they were added. */
  private final Map<RelayLeg, Mark> marks = new LinkedHashMap<>();

  private final int[] ssrcs = new int[SLOTS];
  private final @Nullable RelayLeg[] bySsrc = new RelayLeg[SLOTS];
  private final @Nullable RelayLeg[] byType = new RelayLeg[TYPES];
  private int sources;

  /** What marks a stream's packets. */
  private record Mark(StreamShape shape, byte[] mid) {}

  /** Adds a stream, or takes what a new description says of it. What was learned is forgotten. */
  void put(RelayLeg stream, StreamShape shape) {
    String mid = shape.mid();
    byte[] bytes = mid == null ? new byte[0] : mid.getBytes(StandardCharsets.UTF_8);
    marks.put(stream, new Mark(shape, bytes));
    rebuild();
  }

  /** Forgets a stream. */
  void remove(RelayLeg stream) {
    marks.remove(stream);
    rebuild();
  }

  private void rebuild() {
    Arrays.fill(bySsrc, null);
    Arrays.fill(byType, null);
    sources = 0;
    marks.forEach(
        (stream, mark) -> {
          mark.shape().payloadTypes().forEach(type -> byType[type & (TYPES - 1)] = stream);
          mark.shape().sources().forEach(ssrc -> learn(ssrc, stream));
        });
  }

  /** All streams. */
  Iterable<RelayLeg> streams() {
    return marks.keySet();
  }

  /** Whether packets of any are to come. */
  boolean isAnyAwaited() {
    return marks.keySet().stream().anyMatch(RelayLeg::isAwaited);
  }

  /**
   * The stream of a valid, authenticated packet, null when it belongs to none.
   *
   * @param headerLength what {@link RtpView#headerLength} said
   */
  @Nullable RelayLeg find(byte[] buf, int off, int headerLength) {
    int ssrc = RtpView.ssrc(buf, off);
    RelayLeg known = bySsrc[slot(ssrc)];
    return known != null ? known : findNew(buf, off, headerLength, ssrc);
  }

  private @Nullable RelayLeg findNew(byte[] buf, int off, int headerLength, int ssrc) {
    RelayLeg stream = byMid(buf, off, headerLength);
    if (stream == null) {
      stream = byType[RtpView.payloadType(buf, off)];
    }
    if (stream != null) {
      learn(ssrc, stream);
    }
    return stream;
  }

  private @Nullable RelayLeg byMid(byte[] buf, int off, int headerLength) {
    for (Map.Entry<RelayLeg, Mark> entry : marks.entrySet()) {
      Mark mark = entry.getValue();
      int id = mark.shape().midExtension();
      if (id > 0 && HeaderExtensions.has(buf, off, headerLength, id, mark.mid())) {
        return entry.getKey();
      }
    }
    return null;
  }

  private void learn(int ssrc, RelayLeg stream) {
    int slot = slot(ssrc);
    if (bySsrc[slot] == null && sources < MAX_SOURCES) {
      ssrcs[slot] = ssrc;
      bySsrc[slot] = stream;
      sources++;
    }
  }

  private int slot(int ssrc) {
    int slot = (ssrc * 0x9E3779B9 >>> 16) & (SLOTS - 1);
    while (bySsrc[slot] != null && ssrcs[slot] != ssrc) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }
}
