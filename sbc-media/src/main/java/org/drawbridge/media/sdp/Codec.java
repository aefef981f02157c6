package org.drawbridge.media.sdp;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One format of an RTP media description.
 *
 * @param payloadType 0 to 127
 * @param name the encoding name as written
 * @param clockRate RTP clock rate in Hz
 * @param channels audio channels, 1 when not written
 * @param fmtp its format parameters as written, null without
 * @param feedback its {@code a=rtcp-fb} values, wildcard ones included (RFC 4585 4.2)
 * @param repair payload type of the {@code rtx} format that repeats it (RFC 4588), -1 without
 */
public record Codec(
    int payloadType,
    String name,
    int clockRate,
    int channels,
    @Nullable String fmtp,
    List<String> feedback,
    int repair) {

  /** A codec with a copy of the feedback list. */
  public Codec {
    feedback = List.copyOf(feedback);
  }

  /** A codec without feedback and retransmission. */
  public Codec(int payloadType, String name, int clockRate, int channels, @Nullable String fmtp) {
    this(payloadType, name, clockRate, channels, fmtp, List.of(), -1);
  }

  /** The same codec under another payload type. */
  public Codec withPayloadType(int type) {
    return type == payloadType
        ? this
        : new Codec(type, name, clockRate, channels, fmtp, feedback, repair);
  }

  /** The same codec with other feedback. */
  public Codec withFeedback(List<String> values) {
    return new Codec(payloadType, name, clockRate, channels, fmtp, values, repair);
  }

  /** The same codec with another payload type for retransmissions, -1 for none. */
  public Codec withRepair(int type) {
    return type == repair
        ? this
        : new Codec(payloadType, name, clockRate, channels, fmtp, feedback, type);
  }

  /** The same codec without a format parameter. */
  public Codec without(String key) {
    if (fmtp == null || parameter(key) == null) {
      return this;
    }
    String rest =
        Stream.of(fmtp.split(";"))
            .filter(pair -> !pair.split("=", 2)[0].strip().equalsIgnoreCase(key))
            .collect(Collectors.joining(";"));
    return new Codec(
        payloadType, name, clockRate, channels, rest.isBlank() ? null : rest, feedback, repair);
  }

  /** Whether the encoding name is this one, in any case. */
  public boolean is(String encoding) {
    return name.equalsIgnoreCase(encoding);
  }

  /** Whether these are DTMF events (RFC 4733). */
  public boolean isTelephoneEvent() {
    return is("telephone-event");
  }

  /** Whether this is comfort noise (RFC 3389). */
  public boolean isComfortNoise() {
    return is("CN");
  }

  /** Whether this repeats or protects other formats: RED, FEC, retransmission. */
  public boolean isRedundancy() {
    return is("red") || is("ulpfec") || is("flexfec-03") || is("rtx");
  }

  /** Whether this carries the media itself rather than something beside it. */
  public boolean isPrimary() {
    return !isTelephoneEvent() && !isComfortNoise() && !isRedundancy();
  }

  /**
   * What the format is, whatever its payload type: equal for two peers that mean the same. Holds
   * the parameters that tell formats of one name apart and may not differ between two ends; RED's
   * are payload types, which its packets repeat inside.
   */
  public String format() {
    String base = name.toLowerCase(Locale.ROOT) + '/' + clockRate;
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "opus" -> base;
      case "amr", "amr-wb" -> base + '/' + channels + parameter("octet-align", "0");
      case "g7221" -> base + '/' + channels + parameter("bitrate", "");
      case "red" -> base + '/' + channels + ';' + fmtp;
      case "h264" ->
          base + ';' + H264Profile.of(parameter("profile-level-id")) + mode("packetization-mode");
      case "h265" -> base + mode("profile-id") + mode("tier-flag");
      case "vp9" -> base + mode("profile-id");
      case "av1" -> base + mode("profile");
      default -> base + '/' + channels;
    };
  }

  private String parameter(String key, String missing) {
    String value = parameter(key);
    return ';' + (value == null ? missing : value);
  }

  /** A parameter of video formats, which all count as 0 when missing. */
  private String mode(String key) {
    return parameter(key, "0");
  }

  /** The value of a format parameter, null when it is not there. */
  public @Nullable String parameter(String key) {
    if (fmtp != null) {
      for (String pair : fmtp.split(";")) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(key)) {
          return pair.substring(equals + 1).strip();
        }
      }
    }
    return null;
  }

  /** The value of its {@code a=rtpmap} after the payload type; Opus has two channels always. */
  public String rtpmap() {
    if (is("opus")) {
      return name + '/' + clockRate + "/2";
    }
    String base = name + '/' + clockRate;
    return channels == 1 ? base : base + '/' + channels;
  }
}
