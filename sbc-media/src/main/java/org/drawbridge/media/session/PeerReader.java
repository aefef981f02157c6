package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.Connection;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SdpParser;
import org.drawbridge.media.sdp.SdpResult;
import org.drawbridge.media.sdp.SessionDescription;
import org.drawbridge.media.session.Exchange.OurMedia;
import org.drawbridge.media.session.Exchange.OurOffer;
import org.drawbridge.media.session.PeerReading.Unusable;
import org.drawbridge.media.session.PeerReading.Usable;
import org.jspecify.annotations.Nullable;

/** Reads a peer's description for a leg of one kind. */
final class PeerReader {

  private static final int NOT_ACCEPTABLE = 488;
  private static final String NO_FAX = "no fax is carried as an image (T.38), only as sound";

  /** Why an answer is refused that has no audio. */
  static final String REJECTED = "the answer rejects the audio";

  private static final String NO_CODEC = "the audio has no codec we can name";

  private final LegKind kind;
  private final LegProfile profile;
  private final @Nullable PeerTransport transport;

  PeerReader(LegKind kind, LegProfile profile) {
    this(kind, profile, null);
  }

  private PeerReader(LegKind kind, LegProfile profile, @Nullable PeerTransport transport) {
    this.kind = kind;
    this.profile = profile;
    this.transport = transport;
  }

  /** Reads a description that follows another; one that names no ICE at all stays on its path. */
  private PeerReader of(SessionDescription description, @Nullable PeerDescription before) {
    boolean ice = description.media().stream().anyMatch(media -> media.ice() != null);
    return ice || before == null ? this : new PeerReader(kind, profile, before.transport());
  }

  /**
   * Reads an offer.
   *
   * @param before the last description of the peer: what was carried stays the one while it can;
   *     null in a first offer
   */
  PeerReading offer(String sdp, @Nullable PeerDescription before) {
    return switch (SdpParser.parse(sdp)) {
      case SdpResult.Malformed malformed -> malformed(malformed);
      case SdpResult.Parsed(SessionDescription description) ->
          of(description, before).offer(description, before);
    };
  }

  private PeerReading offer(SessionDescription description, @Nullable PeerDescription before) {
    List<MediaDescription> media = description.media();
    int established = before == null ? -1 : before.audioIndex();
    int audio = carried(description, MediaType.AUDIO, established);
    if (audio >= 0) {
      return usable(description, audio, before == null ? -1 : before.videoIndex());
    }
    for (MediaDescription one : media) {
      String refusal = isOn(one, MediaType.AUDIO) ? refusal(description, one, false) : null;
      if (refusal != null) {
        return new Unusable(NOT_ACCEPTABLE, refusal);
      }
    }
    if (before == null || established >= media.size()) {
      return new Unusable(NOT_ACCEPTABLE, "no audio is offered");
    }
    // Whose fax is refused sends it as sound; whose audio we let go would have nothing at all.
    return media.stream().anyMatch(one -> one.type().equals("image") && !one.isOff())
        ? new Unusable(NOT_ACCEPTABLE, NO_FAX)
        : usable(description, established, before.videoIndex());
  }

  private static boolean isOn(MediaDescription media, MediaType type) {
    return type.is(media) && !media.isOff();
  }

  /** The slot of the media we carry: the one so far, else the first we can; -1 without. */
  private int carried(SessionDescription description, MediaType type, int established) {
    int first = -1;
    for (int i = description.media().size() - 1; i >= 0; i--) {
      MediaDescription media = description.media().get(i);
      if (isOn(media, type) && refusal(description, media, false) == null) {
        if (i == established) {
          return i;
        }
        first = i;
      }
    }
    return first;
  }

  /**
   * Reads an answer, whose media must be in the slots in which we offered them.
   *
   * @param before the last description of the peer; null in its first answer, which has to take the
   *     audio
   */
  PeerReading answer(String sdp, OurOffer offer, @Nullable PeerDescription before) {
    return switch (SdpParser.parse(sdp)) {
      case SdpResult.Malformed malformed -> malformed(malformed);
      case SdpResult.Parsed(SessionDescription description) ->
          of(description, before).answer(description, offer, before);
    };
  }

  private PeerReading answer(
      SessionDescription description, OurOffer offer, @Nullable PeerDescription before) {
    int index = offer.audio().index();
    if (index >= description.media().size()) {
      return new Unusable(NOT_ACCEPTABLE, "the answer lacks the audio that was offered");
    }
    MediaDescription media = description.media().get(index);
    OurMedia offered = offer.video();
    int videoIndex = before == null ? -1 : before.videoIndex();
    int at = offered == null ? videoIndex : offered.index();
    if (media.isOff() && before == null) {
      return new Unusable(NOT_ACCEPTABLE, REJECTED);
    }
    if (media.isOff()) {
      PeerMedia alone = offered == null ? null : answeredVideo(description, -1, at);
      return new Usable(new PeerDescription(slots(description), index, null, at, alone));
    }
    String refusal =
        MediaType.AUDIO.is(media) ? refusal(description, media, true) : "no audio over RTP";
    if (refusal != null) {
      return new Unusable(NOT_ACCEPTABLE, "the answer cannot be used: " + refusal);
    }
    PeerMedia audio = read(description, index);
    if (!audio.hasMedia()) {
      return new Unusable(NOT_ACCEPTABLE, NO_CODEC);
    }
    PeerMedia video = offered == null ? null : answeredVideo(description, index, at);
    return new Usable(new PeerDescription(slots(description), index, audio, at, video));
  }

  private @Nullable PeerMedia answeredVideo(SessionDescription description, int audio, int index) {
    if (index >= description.media().size()) {
      return null;
    }
    MediaDescription media = description.media().get(index);
    boolean taken = isOn(media, MediaType.VIDEO) && refusal(description, media, true) == null;
    return taken ? beside(description, audio, index) : null;
  }

  private @Nullable String refusal(
      SessionDescription description, MediaDescription media, boolean answer) {
    // Each would wait for the checks of the other until the call is given up.
    if (kind == LegKind.WEBRTC && LegKinds.isLite(description)) {
      return "an ICE-lite peer sends no checks, and neither do we";
    }
    Connection connection = media.connection();
    if (!kind.isWebRtc() && connection != null && connection.isMulticast()) {
      return "multicast is not carried";
    }
    return profile.refusal(media.protocol(), path(description, media), answer);
  }

  private PeerReading usable(SessionDescription description, int index, int establishedVideo) {
    PeerMedia audio =
        isOn(description.media().get(index), MediaType.AUDIO) ? read(description, index) : null;
    if (audio != null && !audio.hasMedia()) {
      return new Unusable(NOT_ACCEPTABLE, NO_CODEC);
    }
    int at = carried(description, MediaType.VIDEO, establishedVideo);
    PeerMedia video = at < 0 ? null : beside(description, audio == null ? -1 : index, at);
    int kept = at >= 0 ? at : establishedVideo;
    return new Usable(
        new PeerDescription(
            slots(description),
            index,
            audio,
            kept < description.media().size() ? kept : -1,
            video));
  }

  /**
   * Of a browser's video only what shares its audio's transport is carried.
   *
   * @param audio the slot of the audio; -1 where that is off, and video has the transport alone
   */
  private @Nullable PeerMedia beside(SessionDescription description, int audio, int video) {
    boolean carried = !kind.isWebRtc() || audio < 0 || bundled(description, audio, video);
    PeerMedia shown = read(description, video);
    return carried && shown.hasMedia() ? shown : null;
  }

  private static boolean bundled(SessionDescription description, int one, int other) {
    String mid = description.media().get(one).mid();
    String second = description.media().get(other).mid();
    return mid != null && second != null && description.bundles(mid, second);
  }

  private PeerTransport path(SessionDescription description, MediaDescription media) {
    PeerTransport path = PeerTransport.of(description, media, kind);
    path = kind == LegKind.WEBRTC_SERVER ? path.checked(description, media) : path;
    return kind.isWebRtc() ? path.on(transport) : path;
  }

  private PeerMedia read(SessionDescription description, int index) {
    MediaDescription media = description.media().get(index);
    String mid = media.mid();
    return new PeerMedia(
        mid != null && description.bundles(mid),
        media.codecs(),
        direction(media),
        new Packetization(
            media.milliseconds("ptime"),
            media.milliseconds("maxptime"),
            MediaType.VIDEO.is(media) ? media.bandwidth() : -1),
        path(description, media),
        new PeerMedia.Marks(media.extensions(), media.sources()));
  }

  /** With ICE 0.0.0.0 only says that candidates follow; without, it is a hold (RFC 3264 8.4). */
  private Direction direction(MediaDescription media) {
    Connection connection = media.connection();
    boolean nowhere = !kind.isWebRtc() && connection != null && connection.isUnspecified();
    return nowhere ? media.direction().and(Direction.SENDONLY) : media.direction();
  }

  private static List<MediaSlot> slots(SessionDescription description) {
    return description.media().stream().map(MediaSlot::of).toList();
  }

  private static Unusable malformed(SdpResult.Malformed malformed) {
    return new Unusable(400, "SDP line " + malformed.line() + ": " + malformed.reason());
  }
}
