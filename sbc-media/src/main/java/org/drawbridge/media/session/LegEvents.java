package org.drawbridge.media.session;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.plane.RelayListener;
import org.jspecify.annotations.Nullable;

/** Hands events of one transport from its media loop over to the session's signalling loop. */
final class LegEvents implements RelayListener {

  private final DefaultMediaSession session;
  private @Nullable MediaLeg leg;

  LegEvents(DefaultMediaSession session) {
    this.session = session;
  }

  /** Says whose events these are; on the signalling loop, as is every use of it. */
  void belongTo(MediaLeg owner) {
    leg = owner;
  }

  @Override
  public void onStarted() {
    post(MediaEvent.Started::new);
  }

  @Override
  public void onFailed(String reason) {
    post(owner -> new MediaEvent.Failed(owner, reason));
  }

  @Override
  public void onUnreached(String missing) {
    post(owner -> new MediaEvent.Unreached(owner, missing));
  }

  @Override
  public void onSilent(long silentMillis) {
    post(owner -> new MediaEvent.Silent(owner, silentMillis));
  }

  @Override
  public void onPictureWanted() {
    post(MediaEvent.PictureWanted::new);
  }

  @Override
  public void onKey(char key, int millis) {
    post(owner -> new MediaEvent.Key(owner, key, millis));
  }

  private void post(Function<MediaLeg, MediaEvent> event) {
    try {
      session.loop().execute(() -> deliver(event));
    } catch (RejectedExecutionException shutDown) {
      // The signalling loop has ended: nobody is left to hear.
    }
  }

  private void deliver(Function<MediaLeg, MediaEvent> event) {
    if (leg != null) {
      session.deliver(event.apply(leg));
    }
  }
}
