package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.PathReport;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.StreamIds;
import org.drawbridge.media.plane.StreamShape;

/**
 * A transport that remembers what it was told, and renews its ICE credentials when the peer's
 * change.
 */
final class FakeTransport implements RelayTransport {

  static final LegStats STATS = new LegStats(1, 2, 3, 4, 5, 6, 7.0);

  LocalMedia local;
  final long affinity;
  final RelayListener listener;
  final List<RemoteMedia> applied = new ArrayList<>();
  final List<StreamShape> shapes = new ArrayList<>();
  final List<FakeTransport> bundled = new ArrayList<>();
  private int number;
  boolean closed;
  PathReport path = PathReport.UNKNOWN;

  FakeTransport(LocalMedia local, long affinity, RelayListener listener) {
    this.local = local;
    this.affinity = affinity;
    this.listener = listener;
  }

  /** What the transport was last told. */
  RemoteMedia remote() {
    return applied.getLast();
  }

  @Override
  public LocalMedia local() {
    return local;
  }

  @Override
  public void apply(RemoteMedia remote) {
    boolean restart =
        !applied.isEmpty() && local.ice() != null && !Objects.equals(remote().ice(), remote.ice());
    if (restart) {
      IceCredentials renewed =
          new IceCredentials("renewed" + applied.size(), "renewed-password-of-the-fake");
      local = new LocalMedia(local.rtp(), local.rtcp(), local.candidates(), renewed);
    }
    applied.add(remote);
  }

  @Override
  public void shape(StreamShape shape) {
    shapes.add(shape);
  }

  @Override
  public StreamIds ids() {
    return new StreamIds(1001 + 10 * number, 1002 + 10 * number, "fake-name");
  }

  @Override
  public RelayTransport bundled(RelayListener streamListener) {
    FakeTransport stream = new FakeTransport(local, affinity, streamListener);
    stream.number = number + 1;
    bundled.add(stream);
    return stream;
  }

  @Override
  public PathReport path() {
    return path;
  }

  @Override
  public LegStats stats() {
    return STATS;
  }

  @Override
  public void close() {
    closed = true;
  }
}
