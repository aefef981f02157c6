package org.drawbridge.media.session;

import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.Dtmf;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.api.Keys;
import org.drawbridge.media.relay.RelayTransport;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.session.Exchange.AnswerReceived;
import org.drawbridge.media.session.Exchange.Answered;
import org.drawbridge.media.session.Exchange.OfferReceived;
import org.drawbridge.media.session.Exchange.OfferSent;
import org.drawbridge.media.session.Exchange.OurOffer;
import org.drawbridge.media.session.PeerReading.Unusable;
import org.drawbridge.media.session.PeerReading.Usable;
import org.jspecify.annotations.Nullable;

/** One peer's offer/answer state over its transport. Confined to the session's signalling loop. */
final class DefaultMediaLeg implements MediaLeg {

  private static final Logger LOG = LogManager.getLogger(DefaultMediaLeg.class);
  private static final int NOT_ACCEPTABLE = 488;
  private static final int REQUEST_PENDING = 491;

  private final String label;
  private final LegKind kind;
  private final RelayTransport transport;
  private final LegProfile profile;
  private final CodecPolicy policy;
  private final PeerReader reader;
  private final DescriptionComposer composer;
  private final LocalDescriptions descriptions;
  private final PayloadNumbers numbers = new PayloadNumbers();
  private CodecLimit limit = CodecLimit.NONE;
  private KeyTerms keys;
  private Exchange exchange = new Exchange.None();
  private @Nullable Negotiated negotiated;

  DefaultMediaLeg(
      String label,
      LegKind kind,
      RelayTransport transport,
      LegProfile profile,
      CodecPolicy policy,
      long sessionId) {
    this.label = label;
    this.kind = kind;
    this.transport = transport;
    this.profile = profile;
    this.policy = policy;
    this.keys = new KeyTerms(Dtmf.AUTO, kind);
    this.reader = new PeerReader(kind, profile);
    this.composer = new DescriptionComposer(kind, transport.local().rtp());
    this.descriptions = new LocalDescriptions(sessionId, transport.local().rtp().getAddress());
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public LegKind kind() {
    return kind;
  }

  RelayTransport transport() {
    return transport;
  }

  /** What is settled; a bug in the caller when nothing is. */
  Negotiated settled() {
    if (negotiated == null) {
      throw new IllegalStateException("leg " + label + " has not been negotiated");
    }
    return negotiated;
  }

  @Override
  public SdpOutcome receiveOffer(String sdp) {
    if (exchange instanceof OfferSent) {
      return new SdpOutcome.Refused(REQUEST_PENDING, "our own offer is still open");
    }
    return switch (readOffer(sdp)) {
      case Unusable(int status, String reason) -> new SdpOutcome.Refused(status, reason);
      case Usable(PeerDescription offer) -> {
        Exchange before = exchange instanceof OfferReceived replaced ? replaced.before() : exchange;
        exchange = new OfferReceived(offer, before);
        yield new SdpOutcome.Accepted();
      }
    };
  }

  private PeerReading readOffer(String sdp) {
    return reader.offer(sdp, negotiated == null ? -1 : negotiated.peer().audioIndex());
  }

  @Override
  public boolean isRefresh(String sdp) {
    return exchange instanceof Answered(PeerDescription answered)
        && readOffer(sdp) instanceof Usable(PeerDescription offer)
        && offer.equals(answered);
  }

  @Override
  public boolean changesOnlyTransport(String sdp) {
    PeerAudio before = negotiated == null ? null : negotiated.peer().audio();
    return before != null
        && !exchange.isPending()
        && readOffer(sdp) instanceof Usable(PeerDescription offer)
        && offer.audio() != null
        && offer.audio().sameMedia(before, settled().codecs());
  }

  @Override
  public void limitCodecs(List<String> names) {
    limit = new CodecLimit(names);
  }

  @Override
  public void dtmf(Dtmf form) {
    keys = new KeyTerms(form, kind);
  }

  KeyTerms keys() {
    return keys;
  }

  @Override
  public boolean sendKey(char key, int millis) {
    boolean sends = negotiated != null && keys.takesInMedia(negotiated.codecs());
    if (sends) {
      transport.sendKey(Keys.event(key), millis);
    }
    return sends;
  }

  @Override
  public boolean canOffer(@Nullable MediaLeg source) {
    return !offerable(ofSource(source)).isEmpty();
  }

  private List<Codec> offerable(Onward onward) {
    return keys.offered(limit.of(policy.toward(kind, onward.from(), onward.codecs())));
  }

  private Onward ofSource(@Nullable MediaLeg source) {
    Onward onward = source == null ? null : ((DefaultMediaLeg) source).onward();
    if (onward != null) {
      return onward;
    }
    LegKind from = source == null ? kind : source.kind();
    return new Onward(from, policy.everything(from), Direction.SENDRECV, Packetization.UNSAID);
  }

  @Override
  public String makeOffer(@Nullable MediaLeg source) {
    if (exchange instanceof OfferReceived) {
      throw new IllegalStateException("leg " + label + " has an offer to answer first");
    }
    Onward onward = ofSource(source);
    List<Codec> allowed = offerable(onward);
    List<Codec> codecs = numbers.number(allowed.isEmpty() ? onward.codecs() : allowed);
    int index = negotiated == null ? 0 : negotiated.peer().audioIndex();
    List<MediaSlot> slots = negotiated == null ? firstSlots() : negotiated.slots();
    Exchange before = exchange instanceof OfferSent replaced ? replaced.before() : exchange;
    exchange = new OfferSent(new OurOffer(slots, index, codecs, onward.direction()), before);
    LocalAudio audio =
        new LocalAudio(
            codecs,
            onward.direction(),
            onward.packetization(),
            bundles(),
            profile.offerLines(onward.direction()));
    return descriptions.issue(composer.compose(slots, index, audio));
  }

  private List<MediaSlot> firstSlots() {
    String mid = kind == LegKind.WEBRTC ? "0" : null;
    return List.of(new MediaSlot("audio", profile.protocol(), List.of(), mid, false));
  }

  /** Offers to browsers bundle unless the peer has shown that it does not. */
  private boolean bundles() {
    PeerAudio known = negotiated == null ? null : negotiated.peer().audio();
    return kind == LegKind.WEBRTC && (known == null || known.bundled());
  }

  /** What another leg's peer is to be offered of ours, null while ours has said nothing. */
  private @Nullable Onward onward() {
    PeerAudio offered =
        exchange instanceof OfferReceived(PeerDescription offer, Exchange before)
            ? offer.audio()
            : null;
    if (offered != null) {
      List<Codec> allowed = limit.of(offered.codecs());
      List<Codec> codecs = allowed.isEmpty() ? offered.codecs() : allowed;
      return new Onward(kind, codecs, offered.direction(), offered.packetization());
    }
    if (negotiated == null) {
      return null;
    }
    PeerAudio last = negotiated.peer().audio();
    return new Onward(
        kind,
        negotiated.codecs().stream().map(AgreedCodec::theirs).toList(),
        exchange instanceof OfferReceived ? Direction.INACTIVE : negotiated.wish(),
        last == null ? Packetization.UNSAID : last.packetization());
  }

  @Override
  public SdpOutcome receiveAnswer(String sdp) {
    return switch (exchange) {
      case OfferSent(OurOffer offer, Exchange before) -> receiveAnswer(sdp, offer);
      case AnswerReceived(OurOffer offer) -> receiveAnswer(sdp, offer);
      // A late copy of an answer that a newer exchange has overtaken.
      case Answered answered -> new SdpOutcome.Accepted();
      case OfferReceived received -> new SdpOutcome.Accepted();
      case Exchange.None none -> new SdpOutcome.Refused(400, "an answer to no offer");
    };
  }

  private SdpOutcome receiveAnswer(String sdp, OurOffer offer) {
    return switch (reader.answer(sdp, offer.index())) {
      case Unusable(int status, String reason) -> new SdpOutcome.Refused(status, reason);
      case Usable(PeerDescription answer) -> take(offer, answer);
    };
  }

  private SdpOutcome take(OurOffer offer, PeerDescription answer) {
    PeerAudio audio = answer.audio();
    boolean repeated =
        exchange instanceof AnswerReceived
            && negotiated != null
            && negotiated.peer().equals(answer);
    if (audio == null || repeated) {
      return new SdpOutcome.Accepted();
    }
    List<AgreedCodec> agreed = CodecAgreement.accepted(offer.codecs(), audio.codecs());
    if (!CodecAgreement.carriesMedia(agreed)) {
      return new SdpOutcome.Refused(
          NOT_ACCEPTABLE, "the answer takes none of the offered codecs " + CodecNames.of(offer.codecs()));
    }
    Negotiated next = Negotiated.byOffering(offer, answer, agreed, negotiated);
    apply(next, true);
    settle(next);
    exchange = new AnswerReceived(offer);
    return new SdpOutcome.Accepted();
  }

  @Override
  public AnswerOutcome makeAnswer(@Nullable MediaLeg source) {
    return switch (exchange) {
      case OfferReceived(PeerDescription offer, Exchange before) ->
          answer(offer, (DefaultMediaLeg) source);
      case Answered(PeerDescription offer) -> answerAgain(offer, (DefaultMediaLeg) source);
      case Exchange.None none -> throw noOffer();
      case OfferSent sent -> throw noOffer();
      case AnswerReceived received -> throw noOffer();
    };
  }

  private IllegalStateException noOffer() {
    return new IllegalStateException("leg " + label + " has no offer to answer");
  }

  private AnswerOutcome answer(PeerDescription offer, @Nullable DefaultMediaLeg source) {
    PeerAudio audio = offer.audio();
    if (audio == null) {
      return answerOff(offer);
    }
    AnswerTerms terms = terms(audio, source);
    if (!terms.carryMedia()) {
      return new AnswerOutcome.Refused(NOT_ACCEPTABLE, CodecNames.nothingShared(label, audio, source));
    }
    Negotiated next = Negotiated.byAnswering(offer, terms.codecs(), terms.direction(), negotiated);
    // First the transport, then the answer: an ICE restart gives us credentials to write into it.
    apply(next, false);
    LocalAudio local =
        new LocalAudio(
            terms.codecs().stream().map(AgreedCodec::ours).toList(),
            terms.direction(),
            terms.packetization(),
            audio.bundled(),
            profile.answerLines(terms.direction(), audio.transport()));
    String text = descriptions.issue(composer.compose(offer.slots(), offer.audioIndex(), local));
    numbers.learn(audio.codecs());
    settle(next);
    exchange = new Answered(offer);
    return new AnswerOutcome.Answer(text);
  }

  private AnswerTerms terms(PeerAudio offer, @Nullable DefaultMediaLeg source) {
    return source == null
        ? AnswerTerms.alone(offer, policy.served(kind, offer.codecs()))
        : keys.answered(offer, AnswerTerms.with(offer, source.settled()));
  }

  /** The peer has turned its audio off; it may turn it on again with the codecs it had. */
  private AnswerOutcome answerOff(PeerDescription offer) {
    String text = descriptions.issue(composer.compose(offer.slots(), offer.audioIndex(), null));
    PeerTransport last = lastTransport();
    negotiated = Negotiated.byAnswering(offer, settled().codecs(), Direction.INACTIVE, negotiated);
    if (last != null) {
      transport.apply(profile.commit(last, false, Direction.INACTIVE));
    }
    descriptions.commit();
    exchange = new Answered(offer);
    return new AnswerOutcome.Answer(text);
  }

  private @Nullable PeerTransport lastTransport() {
    PeerAudio last = settled().peer().audio();
    return last == null ? null : last.transport();
  }

  /** The answer once given stays while it is true of the source, so that 18x and 200 agree. */
  private AnswerOutcome answerAgain(PeerDescription offer, @Nullable DefaultMediaLeg source) {
    PeerAudio audio = offer.audio();
    String given = descriptions.current();
    if (audio == null || given == null) {
      return answer(offer, source);
    }
    return terms(audio, source).allow(audio, settled())
        ? new AnswerOutcome.Answer(given)
        : answer(offer, source);
  }

  private void apply(Negotiated next, boolean answer) {
    PeerAudio audio = next.peer().audio();
    if (audio != null) {
      transport.apply(profile.commit(audio.transport(), answer, next.flow()));
    }
  }

  private void settle(Negotiated next) {
    negotiated = next;
    descriptions.commit();
    LOG.debug("leg {} settled: {} {}", label, next.codecs(), next.flow());
  }

  @Override
  public boolean reflects(MediaLeg other) {
    Negotiated theirs = ((DefaultMediaLeg) other).settled();
    return CodecAgreement.covers(theirs.codecs(), CodecAgreement.media(settled().codecs()))
        && settled().flow() == theirs.flow().reversed();
  }

  @Override
  public boolean suits(MediaLeg offering) {
    return ((DefaultMediaLeg) offering).exchange
            instanceof OfferReceived(PeerDescription(_, _, PeerAudio offer), _)
        && offer != null
        && settled().ours() == offer.direction()
        && CodecAgreement.carriesMedia(CodecAgreement.answer(offer.codecs(), settled().codecs()));
  }

  @Override
  public void rollback() {
    exchange =
        switch (exchange) {
          case OfferReceived(PeerDescription offer, Exchange before) -> before;
          case OfferSent(OurOffer offer, Exchange before) -> before;
          case Exchange.None none -> none;
          case Answered answered -> answered;
          case AnswerReceived received -> received;
        };
    descriptions.rollback();
  }

  @Override
  public @Nullable String localDescription() {
    return descriptions.current();
  }

  @Override
  public boolean isNegotiated() {
    return negotiated != null;
  }

  @Override
  public @Nullable LegQuality quality() {
    return negotiated == null ? null : LegQualities.of(transport, negotiated.codecs());
  }

  @Override
  public LegStats stats() {
    return transport.stats();
  }
}
