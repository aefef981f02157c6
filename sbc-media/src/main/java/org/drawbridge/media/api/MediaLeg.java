package org.drawbridge.media.api;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One peer's media and its offer/answer state (RFC 3264). Not thread-safe: the signalling loop of
 * its session calls it.
 *
 * <p>Local ports, fingerprint and SSRC never change while the leg lives, the address only when the
 * peer has {@link #moved}, ICE credentials only when it restarts ICE; {@code o=} keeps its session
 * id and its version grows by one with each new description.
 */
public interface MediaLeg {

  /** The name given when the leg was made. */
  String label();

  /** How the peer carries media. */
  LegKind kind();

  /**
   * Takes an offer from the peer. Until {@link #makeAnswer} the negotiated state is untouched and
   * {@link #rollback} forgets the offer.
   */
  SdpOutcome receiveOffer(String sdp);

  /**
   * Whether an offer describes the very session last negotiated (same media, codecs, directions and
   * transport), so that {@link #localDescription} is the answer and the other leg need not hear of
   * it. An unchanged {@code o=} version alone is not believed: some phones hold without raising it.
   * False where the last description we sent was an offer, since that is no answer.
   */
  boolean isRefresh(String sdp);

  /**
   * Whether an offer changes at most this leg's own transport (address, port, ICE restart) or media
   * we reject, and not its codecs or directions, so that it is answered here ({@link
   * #receiveOffer}, then {@link #makeAnswer} with the other leg) without asking the other leg.
   */
  boolean changesOnlyTransport(String sdp);

  /**
   * The peer has gone to another network: descriptions from now on name the address of ours that it
   * reaches from there, and its media is likely to come from there.
   *
   * @param peer where its signalling comes from now
   */
  default void moved(InetAddress peer) {}

  /**
   * Whether the peer owes us a sign that it is there, such as the ACK of our answer. While it does,
   * it gets media only where it has sent some itself: somebody else may have called in its name, to
   * have us send to whom he describes. It owes none until this is called.
   */
  default void owesSign(boolean owes) {}

  /**
   * Says which codecs the peer may be offered, before it is offered any.
   *
   * @param names encoding names, the best first; none for all
   */
  void limitCodecs(List<String> names);

  /** Says how the peer sends and takes keys, before anything is offered or answered. */
  default void dtmf(Dtmf form) {}

  /**
   * Sends the peer a key in its media, after those sent before.
   *
   * @param key 0 to 9, *, #, A to D, or ! for hook flash
   * @param millis how long it is down
   * @return false, and nothing is sent, where the peer takes keys in signalling, or not yet
   */
  default boolean sendKey(char key, int millis) {
    return false;
  }

  /**
   * Asks the peer for a whole picture, in its feedback or by {@link MediaEvent.PictureWanted}.
   *
   * @return false where it shows none that we carry
   */
  default boolean askForPicture() {
    return false;
  }

  /** Whether an offer to the peer would hold a codec, as {@link #makeOffer} requires. */
  boolean canOffer(@Nullable MediaLeg source);

  /**
   * Builds an offer for the peer.
   *
   * @param source the leg whose pending or negotiated remote description is to be offered onward
   *     (its codecs in order, its direction); one that has said nothing yet counts as able to do
   *     all that its kind of peer may use; null offers all that this kind of peer may use
   */
  String makeOffer(@Nullable MediaLeg source);

  /**
   * Takes the peer's answer to the last {@link #makeOffer}. May be called again with the answer of
   * a later response; the last one counts.
   */
  SdpOutcome receiveAnswer(String sdp);

  /**
   * Answers the pending offer and commits it. Called again before the next exchange (18x, then 200,
   * or another fork) it gives the same text as long as that is true of the source, else a new
   * answer to the same offer.
   *
   * @param source the leg whose negotiated codecs and direction the answer reflects; null answers
   *     for ourselves (echo and other services here)
   * @return the answer, or a refusal when the two sides share no codec (488)
   */
  AnswerOutcome makeAnswer(@Nullable MediaLeg source);

  /**
   * Whether what this leg's peer was told last is still what the other leg's peer has agreed to:
   * its codecs are all taken there and the directions fit. If not, the peer needs a new offer. Both
   * legs must have been negotiated.
   */
  boolean reflects(MediaLeg other);

  /**
   * Whether this negotiated leg can answer the pending offer of another one as it is: a codec is
   * shared and its peer was told of the direction that is offered. If not, its peer needs an offer
   * made from the other leg first.
   */
  boolean suits(MediaLeg offering);

  /** Forgets a pending local or remote offer; the leg is as it was before. */
  void rollback();

  /** The last local description sent to the peer, byte for byte, or null before the first. */
  @Nullable String localDescription();

  /** Whether the peer wants to hear nothing for now: it holds the call. */
  boolean isHolding();

  /** Whether an answer or offer/answer exchange has been completed. */
  boolean isNegotiated();

  /**
   * Counters of the leg, read from the media loop without stopping it; may be a few packets old.
   */
  LegStats stats();

  /** How well media travels to and from the peer, the audio first; empty where we do not see it. */
  default List<LegQuality> qualities() {
    return List.of();
  }
}
