package org.drawbridge.media.plane;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our side of a transport.
 *
 * @param rtp advertised address and port of RTP (of everything, on a WebRTC transport)
 * @param rtcp advertised address and port of RTCP when not multiplexed
 * @param candidates advertised ICE host candidates, most preferred first; empty without ICE
 * @param streams advertised ICE-TCP passive candidates (RFC 6544), most preferred first
 * @param ice our ICE credentials, null without ICE
 */
public record LocalMedia(
    InetSocketAddress rtp,
    InetSocketAddress rtcp,
    List<InetSocketAddress> candidates,
    List<InetSocketAddress> streams,
    @Nullable IceCredentials ice) {

  /** One without candidates of TCP. */
  public LocalMedia(
      InetSocketAddress rtp,
      InetSocketAddress rtcp,
      List<InetSocketAddress> candidates,
      @Nullable IceCredentials ice) {
    this(rtp, rtcp, candidates, List.of(), ice);
  }
}
