package org.drawbridge.routing.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.value.Cidr;
import org.drawbridge.routing.value.PortRange;
import org.jspecify.annotations.Nullable;

/**
 * Where and how audio flows.
 *
 * @param bind local address of the media sockets; the wildcard address for all
 * @param advertise the address that stands in SDP, or null to take it from the machine's interfaces
 * @param localNetworks whose peers reach this machine as it is, and are told its own address in
 *     place of {@code advertise}
 * @param rtpPorts UDP ports of RTP and SDES legs, RTP even and RTCP odd
 * @param webrtcPort UDP port that all WebRTC legs share; media loop n uses {@code webrtcPort + n}
 * @param silenceTimeout how long neither side may send before the call is ended; zero for never
 * @param codecs which codecs a leg may use, best first
 * @param loops media threads, or 0 for one for two processors
 */
public record MediaConfig(
    InetAddress bind,
    @Nullable InetAddress advertise,
    List<Cidr> localNetworks,
    PortRange rtpPorts,
    int webrtcPort,
    Duration silenceTimeout,
    CodecLists codecs,
    int loops) {

  public MediaConfig {
    localNetworks = List.copyOf(localNetworks);
  }

  /** The same on another local address. */
  public MediaConfig boundTo(InetAddress address) {
    return new MediaConfig(
        address, advertise, localNetworks, rtpPorts, webrtcPort, silenceTimeout, codecs, loops);
  }

  /**
   * SDP encoding names, lower case, best first.
   *
   * @param webrtc for WebRTC legs
   * @param rtp for RTP or SDES legs
   * @param transcoded calls at once whose sides share no codec
   */
  public record CodecLists(List<String> webrtc, List<String> rtp, int transcoded) {

    public CodecLists {
      webrtc = List.copyOf(webrtc);
      rtp = List.copyOf(rtp);
    }
  }
}
