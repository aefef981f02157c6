package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.Codec;

/**
 * Which codecs are offered, in which order, where a call crosses between browsers and phones, or
 * where there is no offer to pass on. Among browsers and among phones all codecs pass as offered.
 *
 * @param webrtc encoding names toward browsers
 * @param rtp encoding names toward phones and trunks, encrypted or not
 * @param transcoded calls at once whose two sides may share no codec
 */
public record CodecPolicy(List<String> webrtc, List<String> rtp, int transcoded) {

  /** A policy with copies of the lists. */
  public CodecPolicy {
    webrtc = List.copyOf(webrtc);
    rtp = List.copyOf(rtp);
  }

  /** The default: no Opus toward phones, since the other end of most trunks would transcode it. */
  public static CodecPolicy standard() {
    return new CodecPolicy(
        List.of("opus", "G722", "PCMU", "PCMA"), List.of("G722", "PCMU", "PCMA"));
  }

  /** A policy under which nothing is transcoded. */
  public CodecPolicy(List<String> webrtc, List<String> rtp) {
    this(webrtc, rtp, 0);
  }

  /** What we can make ourselves for a peer of a kind out of some codecs that lack it. */
  List<Codec> ours(LegKind kind, List<Codec> codecs) {
    boolean possible = transcoded > 0 && kind != LegKind.LINK && CodecAgreement.audio(codecs);
    Set<String> there = codecs.stream().map(Codec::format).collect(Collectors.toSet());
    List<Codec> ours = new ArrayList<>();
    for (String name : possible ? names(kind) : List.<String>of()) {
      CodecCatalog.all().stream()
          .filter(codec -> codec.is(name) && CodecAgreement.audio(List.of(codec)))
          .filter(codec -> !there.contains(codec.format()))
          .forEach(ours::add);
    }
    return ours;
  }

  private List<String> names(LegKind kind) {
    return kind.isWebRtc() ? webrtc : rtp;
  }

  /** What of a peer's codecs is offered to a leg of a kind. */
  List<Codec> toward(LegKind kind, LegKind from, List<Codec> codecs) {
    boolean crosses = kind != LegKind.LINK && kind.isWebRtc() != from.isWebRtc();
    return crosses ? filtered(kind, codecs) : codecs;
  }

  /** The listed codecs in the list's order, or all when none is listed: better than no call. */
  private List<Codec> filtered(LegKind kind, List<Codec> codecs) {
    List<Codec> kept = new ArrayList<>();
    for (String name : names(kind)) {
      codecs.stream().filter(codec -> codec.isPrimary() && codec.is(name)).forEach(kept::add);
    }
    if (kept.isEmpty()) {
      codecs.stream().filter(Codec::isPrimary).forEach(kept::add);
    }
    return withCompanions(kept, codecs);
  }

  /** What we can serve ourselves of an offer, in its order. */
  List<Codec> served(LegKind kind, List<Codec> codecs) {
    List<Codec> kept = new ArrayList<>();
    for (Codec codec : codecs) {
      if (codec.isPrimary() && names(kind).stream().anyMatch(codec::is)) {
        kept.add(codec);
      }
    }
    if (kept.isEmpty()) {
      codecs.stream().filter(Codec::isPrimary).forEach(kept::add);
    }
    return withCompanions(kept, codecs);
  }

  /** What a peer of a kind is offered when nobody has offered anything; G.711 if all else fails. */
  List<Codec> everything(LegKind kind) {
    List<Codec> all = CodecCatalog.all();
    List<Codec> kept = new ArrayList<>();
    for (String name : names(kind)) {
      all.stream().filter(codec -> codec.isPrimary() && codec.is(name)).forEach(kept::add);
    }
    if (kept.isEmpty()) {
      all.stream().filter(codec -> codec.is("PCMU") || codec.is("PCMA")).forEach(kept::add);
    }
    return withCompanions(kept, all);
  }

  /** Adds DTMF events and comfort noise of the clock rates in use (RFC 4733 2.1, RFC 3389). */
  static List<Codec> withCompanions(List<Codec> kept, List<Codec> from) {
    Set<Integer> rates = kept.stream().map(Codec::clockRate).collect(Collectors.toSet());
    List<Codec> all = new ArrayList<>(kept);
    for (Codec codec : from) {
      boolean companion = codec.isTelephoneEvent() || codec.isComfortNoise();
      if (companion && rates.contains(codec.clockRate())) {
        all.add(codec);
      }
    }
    return List.copyOf(all);
  }
}
