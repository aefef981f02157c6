package org.drawbridge.media.session;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.Dtmf;
import org.drawbridge.media.api.Keys;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.session.Exchange.AnswerReceived;
import org.drawbridge.media.session.Exchange.Answered;
import org.drawbridge.media.session.Exchange.OfferReceived;
import org.drawbridge.media.session.Exchange.OfferSent;
import org.drawbridge.media.session.Exchange.OurOffer;
import org.drawbridge.media.session.PeerReading.Unusable;
import org.drawbridge.media.session.PeerReading.Usable;
import org.jspecify.annotations.Nullable;

/** One peer's offer/answer state over its transports. Confined to the session's signalling loop. */
final class DefaultMediaLeg implements MediaLeg {

  private static final Logger LOG = LogManager.getLogger(DefaultMediaLeg.class);
  private static final int NOT_ACCEPTABLE = 488;
  private static final int REQUEST_PENDING = 491;

  private final String label;
  private final LegKind kind;
  private final LegStreams streams;
  private final CodecChoice choice;
  private final PeerReader reader;
  private final DescriptionComposer composer;
  private final LocalDescriptions descriptions;
  private Exchange exchange = new Exchange.None();
  private @Nullable PeerDescription peer;
  private List<MediaSlot> slots;

  DefaultMediaLeg(String label, LegStreams streams, CodecChoice choice, long sessionId) {
    this.label = label;
    this.streams = streams;
    this.choice = choice;
    LegStream audio = streams.audio();
    this.kind = audio.kind();
    reader = new PeerReader(kind, audio.profile());
    composer = new DescriptionComposer(kind, audio::address);
    descriptions = new LocalDescriptions(sessionId, audio.address());
    String mid = kind.isWebRtc() ? "0" : null;
    slots = List.of(MediaSlot.fresh("audio", audio.profile().protocol(), mid));
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public LegKind kind() {
    return streams.audio().kind();
  }

  LegStreams streams() {
    return streams;
  }

  RelayTransport transport() {
    return streams.audio().transport();
  }

  /** What is settled of the audio; a bug in the caller when nothing is. */
  Negotiated settled() {
    Negotiated settled = streams.audio().negotiated();
    if (settled == null) {
      throw new IllegalStateException("leg " + label + " has not been negotiated");
    }
    return settled;
  }

  @Override
  public SdpOutcome receiveOffer(String sdp) {
    if (exchange instanceof OfferSent) {
      return new SdpOutcome.Refused(REQUEST_PENDING, "our own offer is still open");
    }
    return switch (reader.offer(sdp, peer)) {
      case Unusable(int status, String reason) -> new SdpOutcome.Refused(status, reason);
      case Usable(PeerDescription offer) -> {
        Exchange before = exchange instanceof OfferReceived replaced ? replaced.before() : exchange;
        exchange = new OfferReceived(offer, before);
        yield new SdpOutcome.Accepted();
      }
    };
  }

  @Override
  public boolean isRefresh(String sdp) {
    return exchange instanceof Answered(PeerDescription answered)
        && reader.offer(sdp, peer) instanceof Usable(PeerDescription offer)
        && offer.equals(answered);
  }

  @Override
  public boolean changesOnlyTransport(String sdp) {
    return peer != null
        && !exchange.isPending()
        && reader.offer(sdp, peer) instanceof Usable(PeerDescription offer)
        && streams.sameMedia(offer, peer);
  }

  @Override
  public void moved(InetAddress peer) {
    streams.moved(peer);
  }

  @Override
  public void owesSign(boolean owes) {
    streams.owesSign(owes);
  }

  @Override
  public void limitCodecs(List<String> names) {
    choice.limit(new CodecLimit(names));
  }

  @Override
  public void dtmf(Dtmf form) {
    choice.keys(new KeyTerms(form, kind));
  }

  KeyTerms keys() {
    return choice.keys();
  }

  @Override
  public boolean sendKey(char key, int millis) {
    return streams.sendKey(keys(), Keys.event(key), millis);
  }

  @Override
  public boolean askForPicture() {
    return streams.askForPicture();
  }

  @Override
  public boolean canOffer(@Nullable MediaLeg source) {
    return choice.offersAudio(ofSource(source));
  }

  private Onward ofSource(@Nullable MediaLeg source) {
    Onward onward = source == null ? null : ((DefaultMediaLeg) source).onward(MediaType.AUDIO);
    return onward == null ? choice.everything(source == null ? kind : source.kind()) : onward;
  }

  /** The other leg's video, or ours at rest while nobody is there; null when none is offered. */
  private @Nullable Onward videoOfSource(@Nullable MediaLeg source) {
    if (kind.isWebRtc() && !bundles()) {
      return null;
    }
    Onward onward =
        source == null ? streams.videoAtRest() : ((DefaultMediaLeg) source).onward(MediaType.VIDEO);
    return onward == null ? null : choice.video(onward);
  }

  @Override
  public String makeOffer(@Nullable MediaLeg source) {
    if (exchange instanceof OfferReceived) {
      throw new IllegalStateException("leg " + label + " has an offer to answer first");
    }
    Onward audio = choice.audio(ofSource(source));
    int audioIndex = peer == null ? 0 : peer.audioIndex();
    OfferDraft draft = new OfferDraft(slots, audioIndex, kind, choice.extensions());
    Onward video = videoOfSource(source);
    LegStream picture = video == null ? null : streams.openVideo();
    if (video != null && picture != null) {
      draft.addVideo(picture, video, peer == null ? -1 : peer.videoIndex());
    }
    draft.addAudio(streams.audio(), audio, bundles());
    Exchange before = exchange instanceof OfferSent replaced ? replaced.before() : exchange;
    exchange = new OfferSent(draft.offer(), before);
    return descriptions.issue(composer.compose(draft.slots(), draft.lines()));
  }

  /** Offers to browsers bundle unless the peer has shown that it does not. */
  private boolean bundles() {
    PeerMedia known = peer == null ? null : peer.audio();
    return kind.isWebRtc() && (known == null || known.bundled());
  }

  /** What another leg's peer is to be offered of ours, null while ours has said nothing. */
  private @Nullable Onward onward(MediaType type) {
    boolean pending = exchange instanceof OfferReceived;
    PeerMedia offered =
        exchange instanceof OfferReceived(PeerDescription offer, Exchange before)
            ? offer.media(type)
            : null;
    if (offered != null) {
      return Onward.of(kind, offered, choice.limited(offered.codecs()));
    }
    Negotiated before = streams.negotiated(type);
    return before == null || (pending && type == MediaType.VIDEO)
        ? null
        : streams.onward(kind, before, pending ? Direction.INACTIVE : before.wish());
  }

  @Override
  public SdpOutcome receiveAnswer(String sdp) {
    return switch (exchange) {
      case OfferSent(OurOffer offer, Exchange before) -> receiveAnswer(sdp, offer);
      case AnswerReceived(OurOffer offer) -> receiveAnswer(sdp, offer);
      // A late copy of an answer that a newer exchange has overtaken.
      case Answered _, OfferReceived _ -> new SdpOutcome.Accepted();
      case Exchange.None none -> new SdpOutcome.Refused(400, "an answer to no offer");
    };
  }

  private SdpOutcome receiveAnswer(String sdp, OurOffer offer) {
    return switch (reader.answer(sdp, offer, peer)) {
      case Unusable(int status, String reason) -> new SdpOutcome.Refused(status, reason);
      case Usable(PeerDescription answer) -> take(offer, answer);
    };
  }

  /** A first answer has audio; a later one may turn it off, as some do while they are held. */
  private SdpOutcome take(OurOffer offer, PeerDescription answer) {
    PeerMedia audio = answer.audio();
    boolean again = exchange instanceof AnswerReceived;
    if (again && answer.equals(peer)) {
      return new SdpOutcome.Accepted();
    }
    if (audio == null && again) {
      return new SdpOutcome.Refused(NOT_ACCEPTABLE, PeerReader.REJECTED);
    }
    Negotiated next = audio == null ? null : streams.audio().accepted(offer.audio(), audio);
    Negotiated video = streams.acceptedVideo(offer, answer);
    if (audio == null) {
      streams.turnOff(offer.audio().direction(), video, answer, true);
    } else if (next == null) {
      return new SdpOutcome.Refused(
          NOT_ACCEPTABLE,
          "the answer takes none of the offered codecs " + CodecNames.of(offer.audio().codecs()));
    } else {
      streams.take(next, video, answer, true);
    }
    settle(answer, offer.slots());
    exchange = new AnswerReceived(offer);
    return new SdpOutcome.Accepted();
  }

  @Override
  public AnswerOutcome makeAnswer(@Nullable MediaLeg source) {
    return switch (exchange) {
      case OfferReceived(PeerDescription offer, Exchange before) ->
          answer(offer, (DefaultMediaLeg) source);
      case Answered(PeerDescription offer) -> answerAgain(offer, (DefaultMediaLeg) source);
      case Exchange.None _, OfferSent _, AnswerReceived _ ->
          throw new IllegalStateException("leg " + label + " has no offer to answer");
    };
  }

  private AnswerOutcome answer(PeerDescription offer, @Nullable DefaultMediaLeg source) {
    PeerMedia audio = offer.audio();
    AnswerTerms video = videoTerms(offer, source);
    if (audio == null) {
      // The peer has turned it off, and may turn it on again with the codecs it had.
      streams.turnOff(settled().ours(), streams.answeredVideo(offer, video), offer, false);
      return issue(offer, new HashMap<>(), video);
    }
    AnswerTerms terms = audioTerms(audio, source);
    if (!terms.carryMedia()) {
      return new AnswerOutcome.Refused(NOT_ACCEPTABLE, choice.refusal(label, audio, source));
    }
    // The mid is needed to tell audio from video alone.
    terms = video == null ? terms.withoutExtensions() : terms;
    // First the transport, then the answer: an ICE restart gives us credentials to write into it.
    streams.answer(offer, terms, video);
    LocalMediaLine line = streams.audio().answerLine(terms, audio);
    choice.learn(offer);
    return issue(offer, new HashMap<>(Map.of(offer.audioIndex(), line)), video);
  }

  /** Gives an answer with these lines and, where it has terms, video. */
  private AnswerOutcome issue(
      PeerDescription offer, Map<Integer, LocalMediaLine> lines, @Nullable AnswerTerms terms) {
    LegStream picture = terms == null ? null : streams.openVideo();
    PeerMedia shown = offer.video();
    if (picture != null && terms != null && shown != null) {
      lines.put(offer.videoIndex(), picture.answerLine(terms, shown));
    }
    String text = descriptions.issue(composer.compose(offer.slots(), lines));
    settle(offer, offer.slots());
    exchange = new Answered(offer);
    return new AnswerOutcome.Answer(text);
  }

  private AnswerTerms audioTerms(PeerMedia offer, @Nullable DefaultMediaLeg source) {
    return source == null
        ? AnswerTerms.alone(offer, choice.served(offer.codecs()))
        : choice.answered(offer, source.settled());
  }

  /** Null when video is rejected. With nobody to show it to, it stays as it was and rests. */
  private @Nullable AnswerTerms videoTerms(
      PeerDescription offer, @Nullable DefaultMediaLeg source) {
    PeerMedia video = offer.video();
    LegStreams from = source == null ? streams : source.streams;
    Negotiated other = from.negotiated(MediaType.VIDEO);
    if (video == null || other == null) {
      return null;
    }
    AnswerTerms terms = AnswerTerms.with(video, other);
    if (!terms.carryMedia() || streams.openVideo() == null) {
      return null;
    }
    return source == null ? terms.paused() : terms;
  }

  /** The answer once given stays while it is true of the source, so that 18x and 200 agree. */
  private AnswerOutcome answerAgain(PeerDescription offer, @Nullable DefaultMediaLeg source) {
    PeerMedia audio = offer.audio();
    String given = descriptions.current();
    if (audio == null || given == null) {
      return answer(offer, source);
    }
    boolean stays =
        audioTerms(audio, source).allow(audio, settled())
            && streams.videoStays(offer.video(), videoTerms(offer, source));
    return stays ? new AnswerOutcome.Answer(given) : answer(offer, source);
  }

  private void settle(PeerDescription description, List<MediaSlot> lines) {
    peer = description;
    slots = lines;
    descriptions.commit();
    LOG.debug("leg {} settled: {} {}", label, settled().codecs(), settled().flow());
  }

  @Override
  public boolean reflects(MediaLeg other) {
    return streams.reflect(((DefaultMediaLeg) other).streams);
  }

  @Override
  public boolean suits(MediaLeg offering) {
    return ((DefaultMediaLeg) offering).exchange instanceof OfferReceived(PeerDescription offer, _)
        && streams.suit(offer);
  }

  @Override
  public void rollback() {
    exchange =
        switch (exchange) {
          case OfferReceived(PeerDescription offer, Exchange before) -> before;
          case OfferSent(OurOffer offer, Exchange before) -> before;
          case Exchange.None _, Answered _, AnswerReceived _ -> exchange;
        };
    descriptions.rollback();
  }

  @Override
  public @Nullable String localDescription() {
    return descriptions.current();
  }

  @Override
  public boolean isHolding() {
    return streams.isHolding();
  }

  @Override
  public boolean isNegotiated() {
    return peer != null;
  }

  @Override
  public List<LegQuality> qualities() {
    return streams.qualities();
  }

  @Override
  public LegStats stats() {
    return transport().stats();
  }

  /** Gives all ports back. */
  void close() {
    streams.close();
  }
}
