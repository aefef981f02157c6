package org.drawbridge.media.session;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.plane.TranscodingLimit;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.session.Exchange.OurMedia;
import org.drawbridge.media.session.Exchange.OurOffer;
import org.jspecify.annotations.Nullable;

/**
 * The audio of a leg and, once there has been any, its video, with what is settled of each.
 * Confined to the session's signalling loop.
 */
final class LegStreams {

  private static final Logger LOG = LogManager.getLogger(LegStreams.class);

  private final String label;
  private final LegStream audio;
  private final StreamOpener opener;
  private final TranscodingLimit.Seat transcoding;
  private @Nullable LegStream video;
  private @Nullable InetAddress network;
  private MediaPeer known = MediaPeer.ANYBODY;
  private Runnable onAgreed = () -> {};

  LegStreams(
      String label, LegStream audio, StreamOpener opener, TranscodingLimit.Seat transcoding) {
    this.transcoding = transcoding;
    this.label = label;
    this.audio = audio;
    this.opener = opener;
  }

  /** What runs whenever another exchange has settled the audio. */
  void onAgreed(Runnable run) {
    onAgreed = run;
  }

  LegStream audio() {
    return audio;
  }

  /** The video's stream, null while there has been none. */
  @Nullable LegStream video() {
    return video;
  }

  /** The video's stream, made now if need be; null when no port is left. */
  @Nullable LegStream openVideo() {
    if (video == null) {
      try {
        video = opener.open();
        if (network != null) {
          video.transport().moved(network);
        }
        video.transport().known(known);
      } catch (MediaUnavailableException full) {
        LOG.warn("leg {} goes without video: {}", label, full.getMessage());
      }
    }
    return video;
  }

  /** The peer's signalling comes from there now. */
  void moved(InetAddress peer) {
    network = peer;
    audio.transport().moved(peer);
    if (video != null) {
      video.transport().moved(peer);
    }
  }

  /** What is known of the peer. */
  void known(MediaPeer peer) {
    known = peer;
    audio.transport().known(peer);
  }

  /** Whether the peer owes a sign that it is there. */
  void owesSign(boolean owes) {
    audio.transport().owesSign(owes);
    if (video != null) {
      video.transport().owesSign(owes);
    }
  }

  /** Sends a key in the audio; false where the peer takes none there. */
  boolean sendKey(KeyTerms keys, int event, int millis) {
    Negotiated settled = audio.negotiated();
    boolean sends = settled != null && keys.takesInMedia(settled.codecs());
    if (sends) {
      audio.transport().sendKey(event, millis);
    }
    return sends;
  }

  /** Asks the peer for a whole picture; false where it shows none. */
  boolean askForPicture() {
    LegStream shown = video;
    if (shown == null || shown.negotiated() == null) {
      return false;
    }
    shown.transport().askForPicture();
    return true;
  }

  /** What is settled, null while nothing is and for video that is not carried. */
  @Nullable Negotiated negotiated(MediaType type) {
    return switch (type) {
      case AUDIO -> audio.negotiated();
      case VIDEO -> video == null ? null : video.negotiated();
    };
  }

  /** Whether the peer wants no audio. */
  boolean isHolding() {
    Negotiated settled = audio.negotiated();
    return settled != null && !settled.wish().receives();
  }

  /** What is to be said elsewhere of what was settled here. */
  Onward onward(LegKind kind, Negotiated settled, Direction direction) {
    return new Onward(
        kind,
        settled.codecs().stream().map(AgreedCodec::theirs).toList(),
        settled.extensions().keySet(),
        direction,
        settled.packetization());
  }

  /** Our own video at rest, null without. */
  @Nullable Onward videoAtRest() {
    Negotiated settled = negotiated(MediaType.VIDEO);
    return settled == null ? null : onward(audio.kind(), settled, Direction.INACTIVE);
  }

  /** Whether an offer changes no media: what was rejected before may be there again or not. */
  boolean sameMedia(PeerDescription offer, PeerDescription before) {
    Negotiated sound = audio.negotiated();
    PeerMedia known = before.audio();
    return sound != null
        && known != null
        && offer.audio() != null
        && offer.audio().sameMedia(known, sound.codecs())
        && sameVideo(offer.video(), before.video());
  }

  private boolean sameVideo(@Nullable PeerMedia offered, @Nullable PeerMedia before) {
    Negotiated picture = negotiated(MediaType.VIDEO);
    if (offered == null) {
      return picture == null;
    }
    List<AgreedCodec> agreed = picture == null ? List.of() : picture.codecs();
    return before != null && offered.sameMedia(before, agreed);
  }

  /** What an answer settles of the video, null when it is rejected or was not offered. */
  @Nullable Negotiated acceptedVideo(OurOffer offer, PeerDescription answer) {
    OurMedia offered = offer.video();
    PeerMedia answered = answer.video();
    return video == null || offered == null || answered == null
        ? null
        : video.accepted(offered, answered);
  }

  /** Commits our answer to an offer; without terms video is rejected. */
  void answer(PeerDescription offer, AnswerTerms sound, @Nullable AnswerTerms picture) {
    PeerMedia heard = offer.audio();
    if (heard != null) {
      Negotiated next = Negotiated.byAnswering(heard, sound, audio.negotiated());
      take(next, answeredVideo(offer, picture), offer, false);
    }
  }

  /** What our answer settles of the video, null when it rejects it. */
  @Nullable Negotiated answeredVideo(PeerDescription offer, @Nullable AnswerTerms terms) {
    PeerMedia shown = offer.video();
    return shown == null || terms == null
        ? null
        : Negotiated.byAnswering(shown, terms, negotiated(MediaType.VIDEO));
  }

  /** Whether the video is settled as these terms would settle it; without terms, as rejected. */
  boolean videoStays(@Nullable PeerMedia offered, @Nullable AnswerTerms terms) {
    Negotiated given = negotiated(MediaType.VIDEO);
    return terms == null || offered == null || given == null
        ? terms == null && given == null
        : terms.allow(offered, given);
  }

  /**
   * Commits an exchange.
   *
   * @param picture what is settled of the video, null without any
   * @param answer whether the peer's description is an answer to our offer
   */
  void take(Negotiated sound, @Nullable Negotiated picture, PeerDescription peer, boolean answer) {
    if (video != null) {
      audio.shape(sound, peer.mid(MediaType.AUDIO));
    }
    audio.apply(sound, answer);
    audio.settle(sound);
    takeVideo(picture, peer, answer);
    onAgreed.run();
  }

  private void takeVideo(@Nullable Negotiated picture, PeerDescription peer, boolean answer) {
    LegStream shown = video;
    if (shown != null && picture != null) {
      shown.shape(picture, peer.mid(MediaType.VIDEO));
      shown.apply(picture, answer);
      shown.settle(picture);
    } else if (shown != null) {
      shown.drop();
    }
  }

  /**
   * The peer has turned its audio off.
   *
   * @param told the direction we stated last
   * @param picture what is settled of the video, null without any
   * @param answer whether the peer's description is an answer to our offer
   */
  void turnOff(Direction told, @Nullable Negotiated picture, PeerDescription peer, boolean answer) {
    PeerMedia shown = picture == null ? null : peer.video();
    Negotiated settled = audio.negotiated();
    if (settled != null) {
      PeerTransport path = pathWithout(settled.peer(), shown);
      audio.settle(settled.turnedOff(told));
      audio.pause(path);
    }
    takeVideo(picture, peer, answer);
  }

  /** Where the peer is without its sound: media of a bundle are described once for all. */
  private @Nullable PeerTransport pathWithout(
      @Nullable PeerMedia sound, @Nullable PeerMedia picture) {
    boolean bundled = audio.kind().isWebRtc();
    if (picture != null && bundled) {
      return picture.transport();
    }
    Negotiated shown = bundled ? negotiated(MediaType.VIDEO) : null;
    PeerMedia last = sound == null && shown != null ? shown.peer() : sound;
    return last == null ? null : last.transport().unused();
  }

  /** Whether what was said here last is true of the other leg: codecs taken, directions met. */
  boolean reflect(LegStreams other) {
    for (MediaType type : MediaType.values()) {
      Negotiated mine = negotiated(type);
      Negotiated theirs = other.negotiated(type);
      if (mine == null || theirs == null ? mine != theirs : !reflects(type, mine, theirs)) {
        return false;
      }
    }
    return true;
  }

  private boolean reflects(MediaType type, Negotiated mine, Negotiated theirs) {
    boolean transcoded =
        type == MediaType.AUDIO
            && transcoding.isTaken()
            && CodecAgreement.decodes(mine)
            && CodecAgreement.decodes(theirs);
    return (transcoded || CodecAgreement.covers(theirs.codecs(), media(mine.codecs())))
        && mine.flow() == theirs.flow().reversed();
  }

  /** Without events and noise, which nobody needs a new offer for. */
  private static List<AgreedCodec> media(List<AgreedCodec> codecs) {
    return codecs.stream().filter(codec -> codec.ours().isPrimary()).toList();
  }

  /** Whether another leg's offer can be answered with what is settled here. */
  boolean suit(PeerDescription offer) {
    PeerMedia sound = offer.audio();
    Negotiated settled = audio.negotiated();
    return sound != null && settled != null && suits(sound, settled) && suitsVideo(offer.video());
  }

  private boolean suitsVideo(@Nullable PeerMedia offered) {
    Negotiated settled = negotiated(MediaType.VIDEO);
    return offered == null || settled == null
        ? offered == null && settled == null
        : suits(offered, settled);
  }

  private static boolean suits(PeerMedia offered, Negotiated settled) {
    return settled.ours() == offered.direction()
        && CodecAgreement.carriesMedia(CodecAgreement.answer(offered.codecs(), settled.codecs()));
  }

  /** How well each stream travels, the audio first. */
  List<LegQuality> qualities() {
    return Stream.of(audio, video)
        .filter(stream -> stream != null && stream.negotiated() != null)
        .map(LegQualities::of)
        .toList();
  }

  void close() {
    if (video != null) {
      video.transport().close();
    }
    audio.transport().close();
  }
}
