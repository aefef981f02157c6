package org.drawbridge.b2bua;

import java.nio.file.Path;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.routing.config.CallHandling;
import org.jspecify.annotations.Nullable;

/** What came of the order to record a call, or to record it no more. */
public sealed interface RecordOutcome {

  /** Whether the order was carried out. */
  default boolean isDone() {
    return !(this instanceof Impossible);
  }

  /** It is recorded in a directory. */
  record Begun(Path directory) implements RecordOutcome {}

  /** It is recorded no more. */
  record Ended() implements RecordOutcome {}

  /** Why nothing was done. */
  record Impossible(String reason) implements RecordOutcome {}

  /**
   * Begins the recording of a call.
   *
   * @param wanted where the file goes; null for where its route says, and where that says nothing
   *     {@link CallHandling#RECORDINGS}
   */
  static RecordOutcome begin(Call call, @Nullable Path wanted) {
    if (call.answeredAt() < 0) {
      return new Impossible("nobody has answered it");
    }
    Leg callee = call.callee();
    if (callee == null || !callee.media().isNegotiated()) {
      return new Impossible("it has one side only, as with a service of ours");
    }
    MediaSession media = call.media();
    if (media.isRecorded()) {
      return new Impossible("it is recorded already");
    }
    Path ofRoute = call.handling().recordings();
    Path directory = wanted != null ? wanted : ofRoute;
    Path chosen = directory == null ? CallHandling.RECORDINGS : directory;
    return media.record(call.caller().media(), callee.media(), chosen, call.id())
        ? new Begun(chosen)
        : new Impossible("its media does not pass here, or too many calls are recorded");
  }

  /** Ends the recording of a call. */
  static RecordOutcome end(Call call) {
    return call.media().stopRecording() ? new Ended() : new Impossible("it is not recorded");
  }
}
