package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.OpusTerms;
import org.drawbridge.media.plane.KeyRoute;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Transcoding;
import org.drawbridge.media.plane.TranscodingLimit;
import org.drawbridge.media.sdp.Codec;
import org.jspecify.annotations.Nullable;

/** Finds what two lists of codecs share (RFC 3264 6.1) and how payload types translate. */
final class CodecAgreement {

  private CodecAgreement() {}

  /** What an answer to our offer takes of it, in the answer's order; additions are ignored. */
  static List<AgreedCodec> accepted(List<Codec> offered, List<Codec> answered) {
    Map<String, Codec> ours = byFormat(offered);
    List<AgreedCodec> agreed = new ArrayList<>();
    for (Codec theirs : answered) {
      Codec match = ours.remove(theirs.format());
      if (match == null) {
        match = ours.remove(sameNumber(ours, theirs));
      }
      if (match != null) {
        agreed.add(new AgreedCodec(match, theirs));
      }
    }
    return List.copyOf(agreed);
  }

  /**
   * The format offered under an answer's payload type that has its name, empty without. Phones
   * answer H.264 with a profile of their own under the number they were offered; one that takes no
   * fragments is sent none where they need not be (RFC 6184 8.2.2).
   */
  private static String sameNumber(Map<String, Codec> offered, Codec answered) {
    for (Codec codec : offered.values()) {
      boolean isIt = codec.payloadType() == answered.payloadType() && codec.is("H264");
      if (isIt && answered.is("H264")) {
        String whole = codec.without("packetization-mode").format();
        boolean fragments = "1".equals(answered.parameter("packetization-mode"));
        return fragments || !offered.containsKey(whole) ? codec.format() : whole;
      }
    }
    return "";
  }

  /**
   * What of a peer's offer the other leg has agreed to, in that leg's order, under the offerer's
   * payload types and with the parameters the other leg gave.
   */
  static List<AgreedCodec> answer(List<Codec> offered, List<AgreedCodec> other) {
    Map<String, Codec> offers = byFormat(offered);
    List<AgreedCodec> agreed = new ArrayList<>();
    for (AgreedCodec wanted : other) {
      Codec offer = offers.remove(wanted.format());
      if (offer != null) {
        agreed.add(new AgreedCodec(answered(offer, wanted), offer));
      }
    }
    return List.copyOf(agreed);
  }

  private static Codec answered(Codec offer, AgreedCodec wanted) {
    Codec from = wanted.theirs();
    Set<String> feedback = new HashSet<>(from.feedback());
    feedback.addAll(FeedbackPolicy.WHOLE_PICTURE);
    return new Codec(
        offer.payloadType(),
        offer.name(),
        offer.clockRate(),
        offer.channels(),
        from.format().equals(offer.format()) ? from.fmtp() : offer.fmtp(),
        offer.feedback().stream().filter(feedback::contains).toList(),
        wanted.isRepaired() ? offer.repair() : -1);
  }

  /**
   * All of an offer that we serve ourselves, as offered; but whoever decodes for another, packet by
   * packet, has nothing to fill the pauses of Opus with (RFC 7587 6.1).
   */
  static List<AgreedCodec> ourselves(List<Codec> offered) {
    return offered.stream()
        .map(
            codec ->
                new AgreedCodec(
                    codec.withFeedback(List.of()).withRepair(-1).without("usedtx"), codec))
        .toList();
  }

  /** Whether media itself is shared, not only events or noise beside it. */
  static boolean carriesMedia(List<AgreedCodec> agreed) {
    return agreed.stream().anyMatch(codec -> codec.ours().isPrimary());
  }

  /** Without events and noise, which nobody needs a new offer for. */
  static List<AgreedCodec> media(List<AgreedCodec> codecs) {
    return codecs.stream().filter(codec -> codec.ours().isPrimary()).toList();
  }

  /** Whether each format of a list is also in another. */
  static boolean covers(List<AgreedCodec> all, List<AgreedCodec> some) {
    Set<String> formats = new HashSet<>();
    all.forEach(codec -> formats.add(codec.format()));
    return some.stream().allMatch(codec -> formats.contains(codec.format()));
  }

  /** How packets of one leg leave by the other, or by itself when both are the same. */
  static PayloadMap payloads(List<AgreedCodec> from, List<AgreedCodec> to) {
    return payloads(from, to, null);
  }

  /** The same, with how keys travel. */
  static PayloadMap payloads(
      List<AgreedCodec> from, List<AgreedCodec> to, @Nullable KeyRoute keys) {
    Map<String, Integer> outgoing = new HashMap<>();
    to.forEach(codec -> outgoing.put(codec.format(), codec.theirs().payloadType()));
    Map<Integer, Integer> types = new HashMap<>();
    Map<Integer, Integer> clockRates = new HashMap<>();
    Set<Integer> noise = new HashSet<>();
    for (AgreedCodec codec : from) {
      int type = codec.ours().payloadType();
      put(types, type, outgoing.get(codec.format()));
      clockRates.putIfAbsent(type, codec.ours().clockRate());
      if (codec.ours().isComfortNoise()) {
        noise.add(type);
      }
    }
    // A peer that answered with payload types of its own should use ours, yet some use theirs.
    for (AgreedCodec codec : from) {
      int type = codec.theirs().payloadType();
      put(types, type, outgoing.get(codec.format()));
      clockRates.putIfAbsent(type, codec.theirs().clockRate());
    }
    Set<Integer> events = new HashSet<>();
    to.stream()
        .filter(codec -> codec.theirs().isTelephoneEvent())
        .forEach(codec -> events.add(codec.theirs().payloadType()));
    return PayloadMap.of(types, clockRates, keys).withNoise(noise).withKeys(events);
  }

  /** What of one leg's codecs the other has agreed to as well. */
  static List<AgreedCodec> both(List<AgreedCodec> one, List<AgreedCodec> other) {
    return one.stream()
        .filter(codec -> other.stream().anyMatch(o -> o.format().equals(codec.format())))
        .toList();
  }

  /** Whether there is one that we can decode and encode. */
  static boolean audio(List<Codec> codecs) {
    return !decodable(codecs).isEmpty();
  }

  /** Those that we can decode and encode. */
  static List<Codec> decodable(List<Codec> codecs) {
    return codecs.stream().filter(codec -> ofOurs(codec) != null).toList();
  }

  /** Whether a leg has agreed to a codec that we can decode and encode. */
  static boolean decodes(Negotiated settled) {
    return audio(settled.codecs().stream().map(AgreedCodec::theirs).toList());
  }

  private static @Nullable AudioCodec ofOurs(Codec codec) {
    return AudioCodec.of(codec.name(), codec.clockRate());
  }

  /**
   * How codecs that only one leg has agreed to get to the other; null where there is no way.
   *
   * @param millis how much audio a packet to the other holds
   */
  static @Nullable Transcoding transcoding(
      List<AgreedCodec> from, List<AgreedCodec> to, int millis, TranscodingLimit.Seat seat) {
    Map<Integer, AudioCodec> sources = new HashMap<>();
    Set<Integer> beside = new HashSet<>();
    for (AgreedCodec codec : from) {
      AudioCodec audio = ofOurs(codec.ours());
      if (!codec.ours().isPrimary()) {
        beside.add(codec.ours().payloadType());
        beside.add(codec.theirs().payloadType());
      } else if (audio != null && to.stream().noneMatch(o -> o.format().equals(codec.format()))) {
        sources.putIfAbsent(codec.ours().payloadType(), audio);
        sources.putIfAbsent(codec.theirs().payloadType(), audio);
      }
    }
    for (AgreedCodec codec : sources.isEmpty() ? List.<AgreedCodec>of() : to) {
      AudioCodec audio = ofOurs(codec.theirs());
      if (audio != null) {
        int type = codec.theirs().payloadType();
        return new Transcoding(sources, beside, audio, type, millis, opus(codec.theirs()), seat);
      }
    }
    return null;
  }

  private static OpusTerms opus(Codec codec) {
    return new OpusTerms(
        "1".equals(codec.parameter("useinbandfec")),
        number(codec.parameter("maxaveragebitrate")),
        number(codec.parameter("maxplaybackrate")),
        "1".equals(codec.parameter("cbr")));
  }

  private static int number(@Nullable String digits) {
    return digits != null && digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
  }

  /** How video of one leg leaves by the other. */
  static PayloadMap video(Negotiated from, Negotiated to) {
    Map<String, Integer> outgoing = new HashMap<>();
    to.codecs().stream()
        .filter(AgreedCodec::isRepaired)
        .forEach(codec -> outgoing.put(codec.format(), codec.theirs().repair()));
    Map<Integer, Integer> repairs = new HashMap<>();
    for (AgreedCodec codec : from.codecs()) {
      if (codec.isRepaired()) {
        put(repairs, codec.ours().repair(), outgoing.get(codec.format()));
        put(repairs, codec.theirs().repair(), outgoing.get(codec.format()));
      }
    }
    return payloads(from.codecs(), to.codecs())
        .forVideo(repairs, Extensions.between(from.extensions(), to.extensions()));
  }

  private static void put(Map<Integer, Integer> types, int in, @Nullable Integer out) {
    if (out != null) {
      types.putIfAbsent(in, out);
    }
  }

  private static Map<String, Codec> byFormat(List<Codec> codecs) {
    Map<String, Codec> map = new LinkedHashMap<>();
    codecs.forEach(codec -> map.putIfAbsent(codec.format(), codec));
    return map;
  }
}
