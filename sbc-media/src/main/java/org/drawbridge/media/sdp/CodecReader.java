package org.drawbridge.media.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the codecs of an RTP media description, in its order of preference. */
final class CodecReader {

  private static final int MAX_CLOCK_RATE = 384_000;
  private static final int MAX_CHANNELS = 255;
  private static final Set<String> ANNEXES_OF_G729 = Set.of("G729A", "G729B", "G729AB");

  private final Map<Integer, Codec> rtpmaps = new HashMap<>();
  private final Map<Integer, String> fmtps = new HashMap<>();
  private final Map<String, List<String>> feedback = new HashMap<>();

  private CodecReader(SdpSection section) {
    section.all("rtpmap").forEach(this::readRtpmap);
    section.all("fmtp").forEach(this::readFmtp);
    section.all("rtcp-fb").forEach(this::readFeedback);
  }

  /** The codecs; formats that name no known payload type are left out. */
  static List<Codec> read(List<String> formats, SdpSection section) {
    CodecReader reader = new CodecReader(section);
    Map<Integer, Codec> codecs = new LinkedHashMap<>();
    for (String format : formats) {
      int type = number(format, 127);
      Codec codec = type < 0 ? null : reader.codec(type);
      if (codec != null) {
        codecs.putIfAbsent(type, codec);
      }
    }
    return withRepairs(codecs);
  }

  /** Formats that only repeat another one become part of it; those that repeat nothing go. */
  private static List<Codec> withRepairs(Map<Integer, Codec> codecs) {
    List<Codec> repairs = codecs.values().stream().filter(codec -> codec.is("rtx")).toList();
    for (Codec repair : repairs) {
      codecs.remove(repair.payloadType());
      String apt = repair.parameter("apt");
      codecs.computeIfPresent(
          apt == null ? -1 : number(apt, 127),
          (type, codec) -> codec.repair() < 0 ? codec.withRepair(repair.payloadType()) : codec);
    }
    return List.copyOf(codecs.values());
  }

  private @Nullable Codec codec(int type) {
    Codec known = rtpmaps.getOrDefault(type, StaticPayloads.byType(type));
    if (known == null) {
      return null;
    }
    List<String> wanted = new ArrayList<>(feedback.getOrDefault("*", List.of()));
    wanted.addAll(feedback.getOrDefault(Integer.toString(type), List.of()));
    if (wanted.isEmpty() && !fmtps.containsKey(type)) {
      return known;
    }
    return new Codec(
        type, known.name(), known.clockRate(), known.channels(), fmtps.get(type), wanted, -1);
  }

  private void readRtpmap(String value) {
    String[] words = Words.head(value);
    int type = number(words[0], 127);
    if (type < 0 || words.length < 2) {
      return;
    }
    String[] parts = words[1].strip().split("/");
    int rate = parts.length > 1 ? number(parts[1].strip(), MAX_CLOCK_RATE) : 8000;
    int channels = parts.length > 2 ? number(parts[2].strip(), MAX_CHANNELS) : 1;
    if (isToken(parts[0]) && rate > 0) {
      String name = Words.shared(parts[0]);
      rtpmaps.putIfAbsent(type, known(new Codec(type, name, rate, Math.max(1, channels), null)));
    }
  }

  /** The one that all share, where it is a static payload type, however it is written. */
  private static Codec known(Codec codec) {
    Codec fixed = StaticPayloads.byType(codec.payloadType());
    return fixed != null && (fixed.equals(codec) || isMeant(fixed, codec.name())) ? fixed : codec;
  }

  /** G.729 is called by its annexes too, G.722 with the clock it would have but for RFC 3551. */
  private static boolean isMeant(Codec fixed, String name) {
    boolean annex = ANNEXES_OF_G729.contains(name.toUpperCase(Locale.ROOT));
    return fixed.is("G722") ? fixed.is(name) : fixed.is("G729") && annex;
  }

  private void readFmtp(String value) {
    String[] words = Words.head(value);
    int type = number(words[0], 127);
    if (type >= 0 && words.length == 2 && words[1].length() <= SdpLimits.FMTP) {
      fmtps.putIfAbsent(type, words[1]);
    }
  }

  private void readFeedback(String value) {
    String[] words = Words.head(value);
    if (words.length == 2) {
      List<String> wanted = feedback.computeIfAbsent(words[0], w -> new ArrayList<>(1));
      if (wanted.size() < SdpLimits.FEEDBACK) {
        wanted.add(words[1]);
      }
    }
  }

  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.length() <= 64
        && text.chars().allMatch(c -> c > ' ' && c < 127 && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
  }

  /** A decimal number from 0 to max, or -1. */
  static int number(String text, int max) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value <= max ? value : -1;
  }
}
