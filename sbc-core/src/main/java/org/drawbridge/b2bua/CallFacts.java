package org.drawbridge.b2bua;

import java.util.List;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.LegQuality;

/**
 * What is told of a call that is up. Immutable.
 *
 * @param id the caller's Call-ID
 * @param from who called
 * @param seconds since it was answered, -1 before
 * @param recorded whether it is being recorded
 * @param legs both sides, or the caller's alone
 */
public record CallFacts(
    String id, String from, long seconds, boolean recorded, List<LegFacts> legs) {

  /** With a copy of the list. */
  public CallFacts {
    legs = List.copyOf(legs);
  }

  /**
   * One side.
   *
   * @param name what logs call it
   * @param peer who is there
   * @param media how media is carried: webrtc, rtp, sdes, dtls or link
   * @param qualities how well each kind of it travels, the audio first; empty where it does not
   *     pass us or is not agreed yet
   */
  public record LegFacts(String name, String peer, String media, List<LegQuality> qualities) {}

  static CallFacts of(Call call) {
    long now = call.services().loop().now();
    return new CallFacts(
        call.id(),
        call.source().label(),
        call.answeredAt() < 0 ? -1 : (now - call.answeredAt()) / 1000,
        call.media().isRecorded(),
        call.all().stream().map(CallFacts::of).toList());
  }

  private static LegFacts of(Leg leg) {
    String media = leg.media().kind().word();
    return new LegFacts(leg.name(), leg.peer().label(), media, leg.media().qualities());
  }
}
