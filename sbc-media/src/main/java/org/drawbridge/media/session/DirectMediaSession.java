package org.drawbridge.media.session;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.api.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * A call whose peers send media straight to each other: no ports, no packets, only descriptions
 * handed across. Confined to the signalling loop that opened it.
 */
final class DirectMediaSession implements MediaSession {

  private final RandomGenerator random;
  private @Nullable LegKind kind;

  DirectMediaSession(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public MediaLeg newLeg(String label, LegKind wanted, MediaPeer known, InetAddress peer)
      throws MediaUnavailableException {
    if (kind == null) {
      kind = wanted;
    } else if (kind != wanted) {
      throw new MediaUnavailableException(
          "media: direct cannot join %s to %s".formatted(kind, wanted));
    }
    return new DirectMediaLeg(label, wanted, random.nextLong() >>> 2);
  }

  @Override
  public void bridge(MediaLeg a, MediaLeg b) {
    // The descriptions have told each peer where the other is.
  }

  @Override
  public void echo(MediaLeg leg) {
    throw new IllegalStateException("a direct call has no media here to echo");
  }

  @Override
  public void play(MediaLeg leg, Prompt prompt) {
    throw new IllegalStateException("a direct call has no media here to play into");
  }

  @Override
  public boolean record(MediaLeg left, MediaLeg right, Path directory, String name) {
    return false;
  }

  @Override
  public boolean isRecorded() {
    return false;
  }

  @Override
  public boolean stopRecording() {
    return false;
  }

  @Override
  public void quiet(MediaLeg leg) {
    // Nothing is played.
  }

  @Override
  public void release(MediaLeg leg) {
    // It holds nothing.
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
