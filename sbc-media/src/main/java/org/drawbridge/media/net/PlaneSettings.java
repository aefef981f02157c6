package org.drawbridge.media.net;

import java.net.InetAddress;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the media plane uses the machine.
 *
 * @param bindAddress where sockets are bound; the wildcard address for all
 * @param advertise the address peers are told, or null for the local address the kernel routes to
 *     each peer from
 * @param isLocal of an address, whether the peer there is told the local address all the same
 * @param rtpPortMin lowest port of RTP and RTCP pairs
 * @param rtpPortMax highest port of RTP and RTCP pairs
 * @param webRtcPort UDP port of the first loop's WebRTC transports, further loops take the ports
 *     that follow; 0 for any free ports
 * @param loops media loops, each one thread; 0 for one per two processors
 * @param silenceMillis how long a peer that should send may say nothing before that is told
 * @param quarantineMillis how long a port pair rests after its transport was closed, so that late
 *     packets of the old call do not reach a new one
 * @param foreignTcpPorts TCP ports that belong to others; WebRTC media goes over UDP alone there
 */
public record PlaneSettings(
    InetAddress bindAddress,
    @Nullable InetAddress advertise,
    Predicate<InetAddress> isLocal,
    int rtpPortMin,
    int rtpPortMax,
    int webRtcPort,
    int loops,
    long silenceMillis,
    long quarantineMillis,
    Set<Integer> foreignTcpPorts) {

  private static final int MAX_PORT = 65_535;

  /** Checks ranges; a wrong value is a configuration error that should have been caught before. */
  public PlaneSettings {
    require(rtpPortMin > 0 && rtpPortMax <= MAX_PORT, "RTP ports must lie in 1-65535");
    require(rtpPortMax > rtpPortMin, "the RTP port range needs at least one pair");
    require(webRtcPort >= 0 && webRtcPort <= MAX_PORT, "the WebRTC port must lie in 0-65535");
    require(loops >= 0, "there cannot be fewer than no media loops");
    require(silenceMillis > 0 && quarantineMillis >= 0, "media times must be positive");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The number of loops to start. */
  int loopCount() {
    return loops > 0 ? loops : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }
}
