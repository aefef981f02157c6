package org.drawbridge.b2bua;

import java.nio.file.Path;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.Prompt;
import org.jspecify.annotations.Nullable;

/** What is done to the audio of an answered call beside carrying it: recording, hold music. */
final class CallAudio {

  private final Call call;
  private @Nullable Leg hearing;
  private boolean asked;

  CallAudio(Call call) {
    this.call = call;
  }

  /** Both sides are joined, or have agreed on something new. */
  void onConnected() {
    Leg caller = call.caller();
    Leg callee = call.callee();
    if (callee == null || call.isDirect()) {
      return;
    }
    Path recordings = call.handling().recordings();
    if (recordings != null && !asked) {
      asked = true; // once: an operator may have ended it
      call.media().record(caller.media(), callee.media(), recordings, call.id());
    }
    Path music = call.handling().holdMusic();
    if (music != null) {
      hold(held(caller, callee), music);
    }
  }

  /** The side that is held by the other, null if none is; where both hold, nobody listens. */
  private static @Nullable Leg held(Leg caller, Leg callee) {
    boolean byCaller = caller.media().isHolding();
    boolean byCallee = callee.media().isHolding();
    if (byCaller == byCallee) {
      return null;
    }
    return byCaller ? callee : caller;
  }

  private void hold(@Nullable Leg held, Path music) {
    if (held == hearing) {
      return;
    }
    if (hearing != null && call.has(hearing)) {
      call.media().quiet(hearing.media());
    }
    hearing = held;
    if (held != null) {
      call.media().play(held.media(), new Prompt.Recording(music, Prompt.ENDLESS));
    }
  }
}
