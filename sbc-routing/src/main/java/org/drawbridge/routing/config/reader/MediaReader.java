package org.drawbridge.routing.config.reader;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.MediaConfig;
import org.drawbridge.routing.config.MediaConfig.CodecLists;
import org.drawbridge.routing.value.Addresses;
import org.drawbridge.routing.value.PortRange;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code media}. */
final class MediaReader {

  private static final List<String> CODECS =
      List.of("opus", "g722", "pcma", "pcmu", "g729", "gsm", "ilbc", "amr", "amr-wb", "speex");

  /** One of them. */
  static final ValueReader<String> CODEC = Scalars.oneOf(CODECS);

  static final MediaConfig DEFAULT =
      new MediaConfig(
          Addresses.any(),
          null,
          List.of(),
          new PortRange(20_000, 29_999),
          10_000,
          Duration.ofSeconds(60),
          new CodecLists(
              List.of("opus", "g722", "pcma", "pcmu"), List.of("g722", "pcma", "pcmu"), 16),
          0);

  /** Fewer ports than one call with two RTP legs and their RTCP needs are a mistake. */
  private static final int FEWEST_PORTS = 4;

  private static final int MAX_LOOPS = 64;
  private static final int MAX_TRANSCODED = 10_000;

  private MediaReader() {}

  /**
   * Reads the section.
   *
   * @param bind where media is bound unless the section says so
   */
  static MediaConfig read(Section section, InetAddress bind) {
    MediaConfig media =
        new MediaConfig(
            section.optional("bind", NetworkScalars::address, bind),
            section.optional("advertise", MediaReader::advertise),
            section.list("local-networks", NetworkScalars::cidr, List.of()),
            section.optional("rtp-ports", MediaReader::ports, DEFAULT.rtpPorts()),
            section.optional("webrtc-port", Scalars.number(1, 65_535), DEFAULT.webrtcPort()),
            section.optional(
                "silence-timeout",
                Scalars.duration(Duration.ZERO, Duration.ofDays(1)),
                DEFAULT.silenceTimeout()),
            section.section("codecs", MediaReader::codecs, DEFAULT.codecs()),
            section.optional("loops", Scalars.number(0, MAX_LOOPS), DEFAULT.loops()));
    checkWebrtcPorts(section, media);
    YamlValue networks = section.find("local-networks");
    YamlValue advertised = section.find("advertise");
    boolean isAutomatic = advertised == null || "auto".equals(advertised.written());
    if (networks != null && isAutomatic) {
      networks.problem("needs an address in \"advertise\" beside it, which these are not told");
    }
    return media;
  }

  /** All addresses of IPv4, and of IPv6 too where a listener has such an address. */
  static InetAddress everywhere(List<ListenerConfig> listeners) {
    boolean six = listeners.stream().anyMatch(l -> l.bind().address() instanceof Inet6Address);
    return six ? InetAddress.ofLiteral("::") : DEFAULT.bind();
  }

  private static void checkWebrtcPorts(Section section, MediaConfig media) {
    YamlValue written = section.find("webrtc-port");
    YamlValue place = written == null ? section.place() : written;
    int last = media.webrtcPort() + Math.max(1, media.loops()) - 1;
    PortRange shared = new PortRange(media.webrtcPort(), last);
    if (last > 65_535) {
      place.problem("webrtc-port and one port for each media loop after it end above 65535");
    } else if (shared.overlaps(media.rtpPorts())) {
      place.problem("webrtc-port " + shared + " lies within rtp-ports " + media.rtpPorts());
    }
  }

  /** Null stands for {@code auto} as well as for a mistake, which is then reported. */
  private static @Nullable InetAddress advertise(YamlValue value) {
    if ("auto".equals(value.text())) {
      return null;
    }
    InetAddress address = NetworkScalars.address(value);
    boolean useless =
        address != null && (address.isAnyLocalAddress() || address.isMulticastAddress());
    return useless
        ? value.problem("\"" + value.written() + "\" cannot be reached by anyone")
        : address;
  }

  private static @Nullable PortRange ports(YamlValue value) {
    PortRange range = NetworkScalars.portRange(value);
    return range == null || range.size() >= FEWEST_PORTS
        ? range
        : value.problem("a call needs up to " + FEWEST_PORTS + " ports");
  }

  private static CodecLists codecs(Section section) {
    return new CodecLists(
        codecs(section, "webrtc", DEFAULT.codecs().webrtc()),
        codecs(section, "rtp", DEFAULT.codecs().rtp()),
        section.optional(
            "transcode", Scalars.number(0, MAX_TRANSCODED), DEFAULT.codecs().transcoded()));
  }

  private static List<String> codecs(Section section, String key, List<String> fallback) {
    ValueReader<String> codec = CODEC;
    List<String> names = section.list(key, codec, fallback);
    YamlValue value = section.find(key);
    if (value != null && value.list().isEmpty()) {
      value.problem("at least one codec is needed");
    }
    return names.stream().distinct().toList();
  }
}
