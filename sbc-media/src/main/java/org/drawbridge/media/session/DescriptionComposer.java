package org.drawbridge.media.session;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SdpLine;
import org.drawbridge.media.sdp.SdpSection;
import org.drawbridge.media.sdp.SdpWriter;
import org.drawbridge.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/**
 * Composes our descriptions, all but the {@code v=} and {@code o=} lines. Everything comes from
 * typed values: what a peer wrote passes only as a codec with its parameters, a direction or a
 * packet length, and back to the same peer its own mid and rejected formats.
 */
final class DescriptionComposer {

  /** Feedback that travels through us unchanged; transport-wide control would not. */
  private static final Set<String> FEEDBACK = Set.of("nack", "nack pli", "ccm fir");

  private final LegKind kind;
  private final InetSocketAddress address;

  DescriptionComposer(LegKind kind, InetSocketAddress address) {
    this.kind = kind;
    this.address = address;
  }

  /**
   * The lines from {@code s=} on.
   *
   * @param slots all {@code m=} lines
   * @param index the slot of the audio; all others are rejected
   * @param audio what we say of it, null to reject it too
   */
  String compose(List<MediaSlot> slots, int index, @Nullable LocalAudio audio) {
    SdpSection session = new SdpSection(sessionLines(slots.get(index), audio));
    List<MediaDescription> media = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      media.add(
          audio != null && i == index
              ? accepted(slots.get(i), audio, session)
              : rejected(slots.get(i), session));
    }
    return SdpWriter.write(new SessionDescription(session, media));
  }

  private List<SdpLine> sessionLines(MediaSlot slot, @Nullable LocalAudio audio) {
    List<SdpLine> lines = new ArrayList<>();
    lines.add(new SdpLine('s', "-"));
    lines.add(new SdpLine('c', Addresses.typed(address.getAddress())));
    lines.add(new SdpLine('t', "0 0"));
    if (audio != null && audio.bundled() && slot.mid() != null) {
      lines.add(SdpLine.attribute("group", "BUNDLE " + slot.mid()));
    }
    if (kind == LegKind.WEBRTC) {
      lines.add(SdpLine.attribute("ice-lite"));
    }
    return lines;
  }

  private MediaDescription accepted(MediaSlot slot, LocalAudio audio, SdpSection session) {
    List<SdpLine> lines = new ArrayList<>();
    addMid(lines, slot);
    // Only among browsers does feedback travel through us.
    boolean feedback = kind == LegKind.WEBRTC;
    audio.codecs().forEach(codec -> addCodec(lines, codec, feedback));
    addMilliseconds(lines, "ptime", audio.packetization().ptime());
    addMilliseconds(lines, "maxptime", audio.packetization().maxptime());
    lines.add(SdpLine.attribute(audio.direction().attribute()));
    lines.addAll(audio.transport());
    List<String> types =
        audio.codecs().stream().map(codec -> Integer.toString(codec.payloadType())).toList();
    SdpSection own = new SdpSection(lines);
    return new MediaDescription(
        slot.type(), address.getPort(), 1, slot.protocol(), types, own, session);
  }

  private static MediaDescription rejected(MediaSlot slot, SdpSection session) {
    List<SdpLine> lines = new ArrayList<>();
    addMid(lines, slot);
    lines.add(SdpLine.attribute("inactive"));
    List<String> formats = slot.formats().isEmpty() ? List.of("0") : slot.formats();
    SdpSection own = new SdpSection(lines);
    return new MediaDescription(slot.type(), 0, 1, slot.protocol(), formats, own, session);
  }

  private static void addMid(List<SdpLine> lines, MediaSlot slot) {
    if (slot.mid() != null) {
      lines.add(SdpLine.attribute("mid", slot.mid()));
    }
  }

  private static void addMilliseconds(List<SdpLine> lines, String attribute, int ms) {
    if (ms > 0) {
      lines.add(SdpLine.attribute(attribute, Integer.toString(ms)));
    }
  }

  private static void addCodec(List<SdpLine> lines, Codec codec, boolean feedback) {
    String type = codec.payloadType() + " ";
    lines.add(SdpLine.attribute("rtpmap", type + codec.rtpmap()));
    if (codec.fmtp() != null) {
      lines.add(SdpLine.attribute("fmtp", type + codec.fmtp()));
    }
    if (feedback) {
      codec.feedback().stream()
          .filter(FEEDBACK::contains)
          .distinct()
          .forEach(value -> lines.add(SdpLine.attribute("rtcp-fb", type + value)));
    }
  }
}
