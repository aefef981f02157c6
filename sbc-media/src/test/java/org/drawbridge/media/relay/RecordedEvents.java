package org.drawbridge.media.relay;

import java.util.List;
import org.drawbridge.media.plane.RelayListener;

/** Writes down what a leg tells of itself. */
record RecordedEvents(List<String> events) implements RelayListener {

  @Override
  public void onStarted() {
    events.add("started");
  }

  @Override
  public void onFailed(String reason) {
    events.add(reason);
  }

  @Override
  public void onUnreached(String missing) {
    events.add("unreached");
  }

  @Override
  public void onSilent(long silentMillis) {
    events.add("silent");
  }
}
