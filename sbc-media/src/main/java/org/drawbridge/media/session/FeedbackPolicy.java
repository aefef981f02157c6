package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.plane.Feedback;
import org.drawbridge.media.sdp.Codec;

/**
 * Which RTCP feedback is offered and passed on a leg (RFC 4585): among browsers all that travels
 * through us; to and from phones the requests for a whole picture, which those that show video know
 * in one form or the other whatever their profile.
 */
final class FeedbackPolicy {

  /**
   * What asks for a whole picture. It passes to whoever shows one, in the form that it knows: its
   * feedback or its signalling (RFC 5168).
   */
  static final Set<String> WHOLE_PICTURE =
      Set.of(Feedback.PLI.attribute(), Feedback.FIR.attribute());

  private FeedbackPolicy() {}

  private static Set<Feedback> allowed(MediaType type, LegKind kind) {
    boolean browser = kind.isWebRtc();
    return switch (type) {
      case AUDIO ->
          browser
              ? EnumSet.of(Feedback.NACK, Feedback.PLI, Feedback.FIR)
              : EnumSet.noneOf(Feedback.class);
      case VIDEO ->
          browser ? EnumSet.allOf(Feedback.class) : EnumSet.of(Feedback.PLI, Feedback.FIR);
    };
  }

  /** The codecs as they are written, with no feedback but what passes on such a leg. */
  static List<Codec> written(
      List<Codec> codecs, MediaType type, LegKind kind, Map<String, Integer> extensions) {
    Set<Feedback> allowed = allowed(type, kind);
    if (!extensions.containsKey(Extensions.TRANSPORT_CC)) {
      allowed.remove(Feedback.TRANSPORT_CC);
    }
    Set<String> values = allowed.stream().map(Feedback::attribute).collect(Collectors.toSet());
    return codecs.stream()
        .map(
            codec ->
                codec.withFeedback(
                    codec.feedback().stream().filter(values::contains).distinct().toList()))
        .toList();
  }

  /** Video as it is offered: browsers ask for no picture where they were not told they may. */
  static List<Codec> offered(List<Codec> codecs, LegKind kind) {
    return kind.isWebRtc() ? codecs.stream().map(FeedbackPolicy::withPictures).toList() : codecs;
  }

  private static Codec withPictures(Codec codec) {
    if (codec.feedback().stream().anyMatch(WHOLE_PICTURE::contains)) {
      return codec;
    }
    List<String> more = new ArrayList<>(codec.feedback());
    more.add(Feedback.PLI.attribute());
    return codec.withFeedback(more);
  }

  /** What a peer may be sent: what it listed with the codecs agreed on. */
  static Set<Feedback> understood(List<AgreedCodec> codecs, MediaType type, LegKind kind) {
    Set<Feedback> understood = EnumSet.noneOf(Feedback.class);
    for (Feedback feedback : allowed(type, kind)) {
      if (codecs.stream()
          .anyMatch(codec -> codec.theirs().feedback().contains(feedback.attribute()))) {
        understood.add(feedback);
      }
    }
    return understood;
  }
}
