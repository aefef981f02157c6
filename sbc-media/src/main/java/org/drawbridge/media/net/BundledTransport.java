package org.drawbridge.media.net;

import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.relay.BundledStream;

/** A further stream on a WebRTC peer's transport (RFC 9143): only packets, no path of its own. */
final class BundledTransport extends LoopTransport {

  private final BundledStream stream;
  private final RelayTransport path;

  /**
   * Makes the stream's transport.
   *
   * @param path the transport whose path it shares
   */
  BundledTransport(
      MediaLoop loop, BundledStream stream, GuardedListener listener, RelayTransport path) {
    super(loop, stream, listener);
    this.stream = stream;
    this.path = path;
  }

  @Override
  public LocalMedia local() {
    return path.local();
  }

  @Override
  void onStart() {}

  @Override
  void onClose() {
    stream.close();
  }
}
