package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.StaticPayloads;

/**
 * The payload types of one leg. Once one stands for a format it does so as long as the leg lives
 * (RFC 3264 8.3.2), unless its peer gives it to another. Types 64 to 95 are left alone, where RTCP
 * would be mistaken (RFC 5761 4).
 */
final class PayloadNumbers {

  private static final int TYPES = 128;
  private static final byte NONE = -1;

  /** Formats and, at the same places, their types: a few, and each leg keeps them for its life. */
  private String[] formats = {};

  private byte[] types = {};

  /** All types that were ever bound, those below 64 and the others. */
  private long usedLow;

  private long usedHigh;

  /** Takes over the payload types a peer's offer binds. */
  void learn(List<Codec> offered) {
    for (Codec codec : offered) {
      learn(codec.format(), codec.payloadType());
      if (codec.repair() >= 0) {
        learn(repairOf(codec), codec.repair());
      }
    }
  }

  /** What the type stood for before has none any more, though RFC 3264 8.3.2 forbids that. */
  private void learn(String format, int type) {
    for (int i = 0; i < types.length; i++) {
      types[i] = types[i] == type ? NONE : types[i];
    }
    int at = place(format);
    if (at < 0) {
      at = formats.length;
      formats = Arrays.copyOf(formats, at + 1);
      types = Arrays.copyOf(types, at + 1);
      formats[at] = format;
    }
    types[at] = (byte) type;
    use(type);
  }

  private void use(int type) {
    if (type < TYPES / 2) {
      usedLow |= 1L << type;
    } else {
      usedHigh |= 1L << type;
    }
  }

  private boolean isUsed(int type) {
    return ((type < TYPES / 2 ? usedLow : usedHigh) & 1L << type) != 0;
  }

  private int place(String format) {
    for (int i = 0; i < formats.length; i++) {
      if (formats[i].equals(format)) {
        return i;
      }
    }
    return -1;
  }

  /** The type that stands for a format, -1 for none. */
  private int typeOf(String format) {
    int at = place(format);
    return at < 0 ? NONE : types[at];
  }

  private static String repairOf(Codec codec) {
    return "rtx;" + codec.format();
  }

  /**
   * The codecs under this leg's payload types: those already bound, else those they have, else free
   * ones. Repeated formats, those for which no type is left, and redundancy whose inner payload
   * types would change are left out.
   */
  List<Codec> number(List<Codec> codecs) {
    Map<Integer, Integer> moved = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    List<Codec> numbered = new ArrayList<>();
    for (Codec codec : codecs) {
      int type = seen.add(codec.format()) ? type(codec) : -1;
      if (type >= 0) {
        moved.put(codec.payloadType(), type);
        numbered.add(codec.withPayloadType(type).withRepair(repairType(codec)));
      }
    }
    numbered.removeIf(codec -> codec.isRedundancy() && !keepsInner(codec, moved));
    return List.copyOf(numbered);
  }

  private int type(Codec codec) {
    Codec fixed = StaticPayloads.byFormat(codec.format());
    boolean bound = typeOf(codec.format()) >= 0;
    if (fixed != null && !bound && !isUsed(fixed.payloadType())) {
      return bind(codec.format(), fixed.payloadType());
    }
    return type(codec.format(), codec.payloadType());
  }

  private int repairType(Codec codec) {
    return codec.repair() < 0 ? -1 : type(repairOf(codec), codec.repair());
  }

  private int type(String format, int wanted) {
    int bound = typeOf(format);
    if (bound >= 0) {
      return bound;
    }
    int type = free(wanted);
    return type < 0 ? type : bind(format, type);
  }

  private int bind(String format, int type) {
    learn(format, type);
    return type;
  }

  private int free(int wanted) {
    if (isDynamic(wanted) && !isUsed(wanted)) {
      return wanted;
    }
    int type = firstFree(96, 127);
    return type >= 0 ? type : firstFree(35, 63);
  }

  private static boolean isDynamic(int type) {
    return type >= 96 || type >= 35 && type <= 63;
  }

  private int firstFree(int from, int to) {
    for (int type = from; type <= to; type++) {
      if (!isUsed(type)) {
        return type;
      }
    }
    return -1;
  }

  /** RED repeats payload types inside its packets, which pass as they are (RFC 2198 3). */
  private static boolean keepsInner(Codec codec, Map<Integer, Integer> moved) {
    String fmtp = codec.fmtp();
    if (!codec.is("red") || fmtp == null) {
      return false;
    }
    for (String inner : fmtp.split("/")) {
      if (moved.entrySet().stream().noneMatch(m -> isSame(m, inner.strip()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(Map.Entry<Integer, Integer> move, String type) {
    return move.getKey().equals(move.getValue()) && type.equals(move.getKey().toString());
  }
}
