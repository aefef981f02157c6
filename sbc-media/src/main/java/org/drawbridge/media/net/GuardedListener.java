package org.drawbridge.media.net;

import org.drawbridge.media.plane.RelayListener;

/** Passes events on until its transport is closed. */
final class GuardedListener implements RelayListener {

  private final RelayListener listener;

  /** Written by the signalling loop, read by the media loop. */
  private volatile boolean closed;

  GuardedListener(RelayListener listener) {
    this.listener = listener;
  }

  void close() {
    closed = true;
  }

  @Override
  public void onStarted() {
    if (!closed) {
      listener.onStarted();
    }
  }

  @Override
  public void onFailed(String reason) {
    if (!closed) {
      listener.onFailed(reason);
    }
  }

  @Override
  public void onUnreached(String missing) {
    if (!closed) {
      listener.onUnreached(missing);
    }
  }

  @Override
  public void onSilent(long silentMillis) {
    if (!closed) {
      listener.onSilent(silentMillis);
    }
  }

  @Override
  public void onPictureWanted() {
    if (!closed) {
      listener.onPictureWanted();
    }
  }

  @Override
  public void onKey(char key, int millis) {
    if (!closed) {
      listener.onKey(key, millis);
    }
  }
}
