package org.drawbridge.media.session;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.plane.RelayListener;

/** Video may fall silent or fail and the call goes on: its audio alone decides. */
final class VideoEvents implements RelayListener {

  private static final Logger LOG = LogManager.getLogger(VideoEvents.class);

  private final RelayListener leg;

  /** Events of the video beside this audio. */
  VideoEvents(RelayListener leg) {
    this.leg = leg;
  }

  @Override
  public void onStarted() {}

  @Override
  public void onFailed(String reason) {
    LOG.info("video cannot be carried: {}", reason);
  }

  @Override
  public void onSilent(long silentMillis) {}

  @Override
  public void onPictureWanted() {
    leg.onPictureWanted();
  }
}
