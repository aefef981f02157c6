package org.drawbridge.media.api;

/** Hears of what happens to the legs of one session, on the session's signalling loop. */
public interface MediaListener {

  /** Something happened; never called after {@link MediaSession#close}. */
  void onMediaEvent(MediaEvent event);
}
