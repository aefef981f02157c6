package org.drawbridge.media.session;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.plane.MediaPlane;
import org.drawbridge.media.record.Recorder;
import org.drawbridge.media.record.Recording;
import org.jspecify.annotations.Nullable;

/** The recording of one session. Confined to its signalling loop. */
final class SessionRecording {

  private static final int NARROW_HERTZ = 8000;
  private static final int WIDE_HERTZ = 16_000;

  private final MediaPlane plane;
  private final Recording recording;
  private DefaultMediaLeg left;
  private DefaultMediaLeg right;

  private SessionRecording(
      MediaPlane plane, Recording recording, DefaultMediaLeg left, DefaultMediaLeg right) {
    this.plane = plane;
    this.recording = recording;
    this.left = left;
    this.right = right;
    listen();
  }

  /** Begins to record; null where there are too many recordings. */
  static @Nullable SessionRecording begin(
      MediaPlane plane,
      Recorder recorder,
      List<DefaultMediaLeg> legs,
      Path directory,
      String name) {
    boolean wide =
        legs.stream()
            .flatMap(leg -> codecs(leg).values().stream())
            .anyMatch(codec -> codec.sampleRate() > NARROW_HERTZ);
    Recording recording = recorder.begin(directory, name, wide ? WIDE_HERTZ : NARROW_HERTZ);
    return recording == null
        ? null
        : new SessionRecording(plane, recording, legs.getFirst(), legs.getLast());
  }

  /** What a leg's packets may hold that we can decode, by payload type. */
  private static Map<Integer, AudioCodec> codecs(DefaultMediaLeg leg) {
    Map<Integer, AudioCodec> codecs = new HashMap<>();
    for (AgreedCodec agreed : leg.settled().codecs()) {
      AudioCodec codec = AudioCodec.of(agreed.ours().name(), agreed.ours().clockRate());
      if (codec != null) {
        Stream.of(agreed.ours(), agreed.theirs())
            .forEach(named -> codecs.putIfAbsent(named.payloadType(), codec));
      }
    }
    return codecs;
  }

  /** These are joined now, or have agreed on something new; who stays keeps its channel. */
  void joined(DefaultMediaLeg one, DefaultMediaLeg other) {
    boolean swapped = one == right || other == left;
    left = swapped ? other : one;
    right = swapped ? one : other;
    listen();
  }

  private void listen() {
    recording.codecs(codecs(left), codecs(right));
    plane.tap(left.transport(), recording.tap(Recording.LEFT));
    plane.tap(right.transport(), recording.tap(Recording.RIGHT));
  }

  /** Whether it has not ended, as it does by itself where the disk takes no more. */
  boolean isGoing() {
    return !recording.isEnded();
  }

  void end() {
    plane.tap(left.transport(), null);
    plane.tap(right.transport(), null);
    recording.end();
  }
}
