package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.session.Exchange.OurMedia;
import org.drawbridge.media.session.Exchange.OurOffer;
import org.jspecify.annotations.Nullable;

/**
 * An offer of ours as it is put together. Video joins behind what is there, or where video has been
 * before; whatever is not added is rejected in its place (RFC 3264 8, RFC 8829 5.2.2).
 */
final class OfferDraft {

  private final List<MediaSlot> slots;
  private final int audioIndex;
  private final LegKind kind;
  private final Extensions extensions;
  private final Map<Integer, LocalMediaLine> lines = new HashMap<>();
  private @Nullable OurMedia audio;
  private @Nullable OurMedia video;

  /**
   * A draft on top of the {@code m=} lines there are.
   *
   * @param audioIndex where the audio has been
   */
  OfferDraft(List<MediaSlot> slots, int audioIndex, LegKind kind, Extensions extensions) {
    this.slots = new ArrayList<>(slots);
    this.audioIndex = audioIndex;
    this.kind = kind;
    this.extensions = extensions;
  }

  /**
   * Adds video.
   *
   * @param established where video has been, -1 for nowhere
   */
  void addVideo(LegStream stream, Onward onward, int established) {
    int index = place(stream, established, stream.negotiated() == null);
    slots.set(index, slots.get(index).listing(onward.codecs()));
    Map<String, Integer> ids = kind.isWebRtc() ? extensions.number(onward.extensions()) : Map.of();
    OurMedia media = new OurMedia(index, onward.codecs(), ids, onward.direction());
    video = media;
    lines.put(index, stream.offerLine(media, onward.packetization(), kind.isWebRtc()));
  }

  /**
   * The line of a stream: where it has been, unless the peer has that for something else now. What
   * comes back there is another thing than before (RFC 8829 5.2.2).
   */
  private int place(LegStream stream, int established, boolean anew) {
    String type = stream.type().type();
    MediaSlot slot = established < 0 ? null : slots.get(established);
    if (slot == null || !slot.type().equals(type)) {
      slots.add(MediaSlot.fresh(type, protocol(stream), freeMid()));
      return slots.size() - 1;
    }
    if (slot.off() || anew) {
      slots.set(established, slot.reused(freeMid()));
    }
    return established;
  }

  /** The audio's as the peer has it. */
  private String protocol(LegStream stream) {
    MediaSlot sound = slots.get(audioIndex);
    boolean known = sound.type().equals(MediaType.AUDIO.type());
    return known ? sound.protocol() : stream.profile().protocol();
  }

  /** Phones need none. */
  private @Nullable String freeMid() {
    if (!kind.isWebRtc()) {
      return null;
    }
    int number = slots.size();
    while (isMid(Integer.toString(number))) {
      number++;
    }
    return Integer.toString(number);
  }

  private boolean isMid(String mid) {
    return slots.stream().anyMatch(slot -> mid.equals(slot.mid()));
  }

  /** Adds the audio, after video if there is any: the mid is needed to tell both apart. */
  void addAudio(LegStream stream, Onward onward, boolean bundled) {
    Map<String, Integer> ids =
        video != null && kind.isWebRtc()
            ? Extensions.answered(video.extensions(), Map.of())
            : Map.of();
    Negotiated last = stream.negotiated();
    int index = place(stream, audioIndex, last != null && last.peer() == null);
    OurMedia media = new OurMedia(index, onward.codecs(), ids, onward.direction());
    audio = media;
    lines.put(index, stream.offerLine(media, onward.packetization(), bundled));
  }

  /** All {@code m=} lines. */
  List<MediaSlot> slots() {
    return List.copyOf(slots);
  }

  /** What we say of those we carry, by their position. */
  Map<Integer, LocalMediaLine> lines() {
    return lines;
  }

  OurOffer offer() {
    return new OurOffer(slots(), Objects.requireNonNull(audio, "audio"), video);
  }
}
