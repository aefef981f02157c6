package org.drawbridge.media.sdp;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Payload types that mean something without an {@code a=rtpmap} (RFC 3551 table 4). */
public final class StaticPayloads {

  private static final Map<Integer, Codec> BY_TYPE =
      Stream.of(
              codec(0, "PCMU", 8000, 1),
              codec(3, "GSM", 8000, 1),
              codec(4, "G723", 8000, 1),
              codec(5, "DVI4", 8000, 1),
              codec(6, "DVI4", 16000, 1),
              codec(7, "LPC", 8000, 1),
              codec(8, "PCMA", 8000, 1),
              codec(9, "G722", 8000, 1),
              codec(10, "L16", 44100, 2),
              codec(11, "L16", 44100, 1),
              codec(12, "QCELP", 8000, 1),
              codec(13, "CN", 8000, 1),
              codec(15, "G728", 8000, 1),
              codec(16, "DVI4", 11025, 1),
              codec(17, "DVI4", 22050, 1),
              codec(18, "G729", 8000, 1),
              codec(26, "JPEG", 90000, 1),
              codec(31, "H261", 90000, 1),
              codec(34, "H263", 90000, 1))
          .collect(Collectors.toUnmodifiableMap(Codec::payloadType, Function.identity()));

  private static final Map<String, Codec> BY_FORMAT =
      BY_TYPE.values().stream()
          .collect(Collectors.toUnmodifiableMap(Codec::format, Function.identity()));

  private StaticPayloads() {}

  private static Codec codec(int type, String name, int clockRate, int channels) {
    return new Codec(type, name, clockRate, channels, null);
  }

  /** The codec a payload type stands for, null for those that need an {@code a=rtpmap}. */
  public static @Nullable Codec byType(int payloadType) {
    return BY_TYPE.get(payloadType);
  }

  /** The codec with its static payload type, by {@link Codec#format}; null for dynamic ones. */
  public static @Nullable Codec byFormat(String format) {
    return BY_FORMAT.get(format);
  }
}
