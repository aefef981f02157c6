package org.drawbridge.media.session;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.Prompt;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.Clip;
import org.drawbridge.media.plane.MediaPlane;
import org.drawbridge.media.plane.Playback;
import org.drawbridge.media.prompt.Sound;
import org.drawbridge.media.prompt.SoundLibrary;
import org.jspecify.annotations.Nullable;

/** What is played to the legs of one session. Confined to its signalling loop. */
final class Prompts {

  private final MediaPlane plane;
  private final SoundLibrary library;
  private final Executor loop;
  private final Consumer<MediaEvent> events;
  private final Map<MediaLeg, Turn> turns = new IdentityHashMap<>();

  /**
   * Plays nothing yet.
   *
   * @param loop the session's signalling loop
   * @param events told there of what is over
   */
  Prompts(MediaPlane plane, SoundLibrary library, Executor loop, Consumer<MediaEvent> events) {
    this.plane = plane;
    this.library = library;
    this.loop = loop;
    this.events = events;
  }

  /** One prompt on one leg; what follows it makes it void. */
  private record Turn(DefaultMediaLeg leg, Prompt prompt, AudioCodec codec, int payloadType) {
    boolean is(AgreedCodec agreed) {
      return agreed.theirs().payloadType() == payloadType
          && AudioCodec.of(agreed.theirs().name(), agreed.theirs().clockRate()) == codec;
    }
  }

  void play(DefaultMediaLeg leg, Prompt prompt) {
    Turn turn = turn(leg, prompt);
    if (turn == null) {
      turns.remove(leg);
      loop.execute(
          () -> events.accept(new MediaEvent.Played(leg, "no codec that we can encode is agreed")));
      return;
    }
    turns.put(leg, turn);
    switch (prompt) {
      case Prompt.Beep(var tone, int times) ->
          start(turn, tone.cycle(turn.codec.sampleRate()), times);
      case Prompt.Recording(var file, int times) ->
          library
              .load(file, turn.codec)
              .thenAccept(sound -> loop.execute(() -> loaded(turn, sound, times)));
    }
  }

  /** The peer may have agreed on something new: what it does not take any more begins anew. */
  void agreed(DefaultMediaLeg leg) {
    Turn turn = turns.get(leg);
    if (turn != null && leg.settled().codecs().stream().noneMatch(turn::is)) {
      plane.quiet(leg.transport());
      play(leg, turn.prompt);
    }
  }

  private static @Nullable Turn turn(DefaultMediaLeg leg, Prompt prompt) {
    for (AgreedCodec agreed : leg.settled().codecs()) {
      AudioCodec codec = AudioCodec.of(agreed.theirs().name(), agreed.theirs().clockRate());
      if (codec != null) {
        return new Turn(leg, prompt, codec, agreed.theirs().payloadType());
      }
    }
    return null;
  }

  private void loaded(Turn turn, Sound sound, int times) {
    if (turns.get(turn.leg) != turn) {
      return;
    }
    switch (sound) {
      case Sound.Loaded(var clip) -> start(turn, clip, times);
      case Sound.Unusable(String reason) -> over(turn, reason);
    }
  }

  private void start(Turn turn, Clip sound, int times) {
    Runnable ended = () -> loop.execute(() -> over(turn, null));
    plane.play(
        turn.leg.transport(),
        new Playback(
            turn.codec,
            turn.payloadType,
            turn.leg.settled().packetization().ownMillis(),
            sound.rate(),
            sound.play(times),
            ended));
  }

  private void over(Turn turn, @Nullable String problem) {
    if (turns.remove(turn.leg, turn)) {
      events.accept(new MediaEvent.Played(turn.leg, problem));
    }
  }

  void quiet(DefaultMediaLeg leg) {
    if (turns.remove(leg) != null) {
      plane.quiet(leg.transport());
    }
  }

  /** The leg is gone. */
  void forget(MediaLeg leg) {
    turns.remove(leg);
  }
}
