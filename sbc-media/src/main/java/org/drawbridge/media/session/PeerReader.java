package org.drawbridge.media.session;

import java.util.List;
import java.util.stream.IntStream;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.Connection;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SdpParser;
import org.drawbridge.media.sdp.SdpResult;
import org.drawbridge.media.sdp.SessionDescription;
import org.drawbridge.media.session.PeerReading.Unusable;
import org.drawbridge.media.session.PeerReading.Usable;
import org.jspecify.annotations.Nullable;

/** Reads a peer's description for a leg of one kind. */
final class PeerReader {

  private static final int NOT_ACCEPTABLE = 488;

  private final LegKind kind;
  private final LegProfile profile;

  PeerReader(LegKind kind, LegProfile profile) {
    this.kind = kind;
    this.profile = profile;
  }

  /**
   * Reads an offer.
   *
   * @param established the slot of the audio carried so far, which stays the one while it can; -1
   *     in a first offer
   */
  PeerReading offer(String sdp, int established) {
    return switch (SdpParser.parse(sdp)) {
      case SdpResult.Malformed malformed -> malformed(malformed);
      case SdpResult.Parsed(SessionDescription description) ->
          offer(description, established < description.media().size() ? established : -1);
    };
  }

  private PeerReading offer(SessionDescription description, int established) {
    List<MediaDescription> media = description.media();
    int[] audio =
        IntStream.range(0, media.size())
            .filter(i -> LegKinds.isAudio(media.get(i)) && !media.get(i).isOff())
            .toArray();
    if (audio.length == 0) {
      return established < 0
          ? new Unusable(NOT_ACCEPTABLE, "no audio is offered")
          : new Usable(new PeerDescription(slots(description), established, null));
    }
    int[] carried = IntStream.of(audio).filter(i -> refusal(media.get(i), false) == null).toArray();
    if (carried.length == 0) {
      return new Unusable(NOT_ACCEPTABLE, String.valueOf(refusal(media.get(audio[0]), false)));
    }
    boolean stays = IntStream.of(carried).anyMatch(i -> i == established);
    return usable(description, stays ? established : carried[0]);
  }

  /** Reads an answer, whose audio must be in the slot in which we offered it. */
  PeerReading answer(String sdp, int index) {
    return switch (SdpParser.parse(sdp)) {
      case SdpResult.Malformed malformed -> malformed(malformed);
      case SdpResult.Parsed(SessionDescription description) -> answer(description, index);
    };
  }

  private PeerReading answer(SessionDescription description, int index) {
    if (index >= description.media().size()) {
      return new Unusable(NOT_ACCEPTABLE, "the answer lacks the audio that was offered");
    }
    MediaDescription media = description.media().get(index);
    if (media.isOff()) {
      return new Unusable(NOT_ACCEPTABLE, "the answer rejects the audio");
    }
    String refusal = refusal(media, true);
    return refusal == null
        ? usable(description, index)
        : new Unusable(NOT_ACCEPTABLE, "the answer cannot be used: " + refusal);
  }

  private @Nullable String refusal(MediaDescription media, boolean answer) {
    if (!LegKinds.isAudio(media)) {
      return "no audio over RTP";
    }
    return profile.refusal(media.protocol(), PeerTransport.of(media, kind), answer);
  }

  private PeerReading usable(SessionDescription description, int index) {
    MediaDescription media = description.media().get(index);
    String mid = media.mid();
    PeerAudio audio =
        new PeerAudio(
            mid != null && description.bundles(mid),
            media.codecs(),
            direction(media),
            new Packetization(media.milliseconds("ptime"), media.milliseconds("maxptime")),
            PeerTransport.of(media, kind));
    return audio.hasMedia()
        ? new Usable(new PeerDescription(slots(description), index, audio))
        : new Unusable(NOT_ACCEPTABLE, "the audio has no codec we can name");
  }

  /** With ICE 0.0.0.0 only says that candidates follow; without, it is a hold (RFC 3264 8.4). */
  private Direction direction(MediaDescription media) {
    Connection connection = media.connection();
    boolean nowhere = kind != LegKind.WEBRTC && connection != null && connection.isUnspecified();
    return nowhere ? media.direction().and(Direction.SENDONLY) : media.direction();
  }

  private static List<MediaSlot> slots(SessionDescription description) {
    return description.media().stream().map(MediaSlot::of).toList();
  }

  private static Unusable malformed(SdpResult.Malformed malformed) {
    return new Unusable(400, "SDP line " + malformed.line() + ": " + malformed.reason());
  }
}
