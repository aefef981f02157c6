package org.drawbridge.media.session;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SdpLine;
import org.drawbridge.media.sdp.SdpSection;
import org.drawbridge.media.sdp.SdpWriter;
import org.drawbridge.media.sdp.SessionDescription;

/**
 * Composes our descriptions, all but the {@code v=} and {@code o=} lines. Everything comes from
 * typed values: what a peer wrote passes only as a codec with its parameters, a direction or a
 * packet length, and back to the same peer its own mid and rejected formats.
 */
final class DescriptionComposer {

  /** What Chromium says of rejected media too, and other stacks demand of every line. */
  private static final List<String> ALSO_WHERE_REJECTED =
      List.of("ice-ufrag", "ice-pwd", "fingerprint", "setup");

  private final LegKind kind;
  private final Supplier<InetAddress> address;

  /**
   * A composer for a leg.
   *
   * @param address ours that the peer reaches, asked anew for each description
   */
  DescriptionComposer(LegKind kind, Supplier<InetAddress> address) {
    this.kind = kind;
    this.address = address;
  }

  /**
   * The lines from {@code s=} on.
   *
   * @param slots all {@code m=} lines
   * @param carried what we say of those we carry, by their position; all others are rejected
   */
  String compose(List<MediaSlot> slots, Map<Integer, LocalMediaLine> carried) {
    SdpSection session = new SdpSection(sessionLines(slots, carried));
    List<MediaDescription> media = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      LocalMediaLine line = carried.get(i);
      media.add(
          line == null
              ? rejected(slots.get(i), carried.values(), session)
              : accepted(slots.get(i), line, session));
    }
    return SdpWriter.write(new SessionDescription(session, media));
  }

  private List<SdpLine> sessionLines(List<MediaSlot> slots, Map<Integer, LocalMediaLine> carried) {
    List<SdpLine> lines = new ArrayList<>();
    lines.add(new SdpLine('s', "-"));
    lines.add(new SdpLine('c', Addresses.typed(address.get())));
    lines.add(new SdpLine('t', "0 0"));
    StringBuilder group = new StringBuilder("BUNDLE");
    for (int i = 0; i < slots.size(); i++) {
      LocalMediaLine line = carried.get(i);
      if (line != null && line.bundled() && slots.get(i).mid() != null) {
        group.append(' ').append(slots.get(i).mid());
      }
    }
    if (group.indexOf(" ") > 0) {
      lines.add(SdpLine.attribute("group", group.toString()));
    }
    if (kind == LegKind.WEBRTC) {
      lines.add(SdpLine.attribute("ice-lite"));
    }
    return lines;
  }

  private MediaDescription accepted(MediaSlot slot, LocalMediaLine line, SdpSection session) {
    List<SdpLine> lines = new ArrayList<>();
    int bandwidth = line.packetization().bandwidth();
    if (bandwidth > 0) {
      lines.add(new SdpLine('b', "AS:" + bandwidth));
    }
    addMid(lines, slot);
    line.extensions().forEach((uri, id) -> lines.add(SdpLine.attribute("extmap", id + " " + uri)));
    line.codecs().forEach(codec -> addCodec(lines, codec));
    addFeedback(lines, line.codecs());
    addMilliseconds(lines, "ptime", line.packetization().ptime());
    addMilliseconds(lines, "maxptime", line.packetization().maxptime());
    lines.add(SdpLine.attribute(line.direction().attribute()));
    lines.addAll(line.transport());
    SdpSection own = new SdpSection(lines);
    return new MediaDescription(
        slot.type(), line.port(), 1, slot.protocol(), types(line.codecs()), own, session);
  }

  private static List<String> types(List<Codec> codecs) {
    List<String> types = new ArrayList<>();
    for (Codec codec : codecs) {
      types.add(Integer.toString(codec.payloadType()));
      if (codec.repair() >= 0) {
        types.add(Integer.toString(codec.repair()));
      }
    }
    return types;
  }

  private MediaDescription rejected(
      MediaSlot slot, Collection<LocalMediaLine> carried, SdpSection session) {
    List<SdpLine> lines = new ArrayList<>();
    addMid(lines, slot);
    if (kind.isWebRtc()) {
      slot.codecs().forEach(codec -> addCodec(lines, codec));
      carried.stream().limit(1).forEach(line -> addShared(lines, slot, line));
    }
    lines.add(SdpLine.attribute("inactive"));
    List<String> formats = slot.formats().isEmpty() ? List.of("0") : slot.formats();
    SdpSection own = new SdpSection(lines);
    return new MediaDescription(slot.type(), 0, 1, slot.protocol(), formats, own, session);
  }

  private static void addShared(List<SdpLine> lines, MediaSlot slot, LocalMediaLine carried) {
    SdpSection transport = new SdpSection(carried.transport());
    if (!slot.codecs().isEmpty()) {
      lines.add(SdpLine.attribute("rtcp-mux"));
    }
    for (String name : ALSO_WHERE_REJECTED) {
      transport.all(name).forEach(value -> lines.add(SdpLine.attribute(name, value)));
    }
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

  /** Phones get what holds for all formats in one line: their descriptions travel in datagrams. */
  private void addFeedback(List<SdpLine> lines, List<Codec> codecs) {
    boolean alike = codecs.stream().map(Codec::feedback).distinct().count() == 1;
    if (!kind.isWebRtc() && alike) {
      addFeedback(lines, "* ", codecs.getFirst());
    } else {
      codecs.forEach(codec -> addFeedback(lines, codec.payloadType() + " ", codec));
    }
  }

  private static void addFeedback(List<SdpLine> lines, String type, Codec codec) {
    codec.feedback().forEach(value -> lines.add(SdpLine.attribute("rtcp-fb", type + value)));
  }

  private static void addCodec(List<SdpLine> lines, Codec codec) {
    String type = codec.payloadType() + " ";
    lines.add(SdpLine.attribute("rtpmap", type + codec.rtpmap()));
    if (codec.fmtp() != null) {
      lines.add(SdpLine.attribute("fmtp", type + codec.fmtp()));
    }
    if (codec.repair() >= 0) {
      lines.add(SdpLine.attribute("rtpmap", codec.repair() + " rtx/" + codec.clockRate()));
      lines.add(SdpLine.attribute("fmtp", codec.repair() + " apt=" + codec.payloadType()));
    }
  }
}
