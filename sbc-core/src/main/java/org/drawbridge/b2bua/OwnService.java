package org.drawbridge.b2bua;

import java.util.List;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.media.api.Prompt;
import org.drawbridge.policy.Candidate;
import org.drawbridge.routing.value.Announcement;
import org.drawbridge.routing.value.Announcement.Sound;
import org.jspecify.annotations.Nullable;

/** A service of ours at the other end of a call: the echo, or something that is played. */
final class OwnService {

  private final Call call;
  private final @Nullable Announcement announcement;
  private boolean begun;

  OwnService(Call call, Candidate.Service service) {
    this.call = call;
    this.announcement = service.announcement();
  }

  /** Serves the caller, whose session has just been agreed on or changed. */
  void connect() {
    if (announcement == null) {
      call.media().echo(call.caller().media());
    } else if (!begun) {
      begun = true;
      call.media().play(call.caller().media(), prompt(announcement));
    }
  }

  /** What has to be played for an announcement. */
  static Prompt prompt(Announcement announcement) {
    return switch (announcement.sound()) {
      case Sound.File(var path) -> new Prompt.Recording(path, announcement.times());
      case Sound.Tone(String cadence) -> Prompt.tone(cadence, announcement.times());
    };
  }

  /** Why the call ends once all has been played. */
  static EndCause over(@Nullable String problem) {
    return problem == null
        ? new EndCause(
            null, "The announcement is over", List.of("Q.850;cause=16;text=\"Announcement over\""))
        : EndCause.here("The announcement cannot be played: " + problem);
  }
}
