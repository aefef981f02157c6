package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.media.api.Dtmf;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.plane.KeyForm;
import org.drawbridge.media.plane.KeyRoute;
import org.drawbridge.media.sdp.Codec;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of one leg's peer travel. Since they can be carried into every form,
 * telephone-events are offered and taken for each clock rate in use, whatever the other side has.
 *
 * @param dtmf as configured
 * @param kind of the leg
 */
record KeyTerms(Dtmf dtmf, LegKind kind) {

  /** What is offered to the peer for these codecs. */
  List<Codec> offered(List<Codec> codecs) {
    if (dtmf == Dtmf.INFO || dtmf == Dtmf.INBAND) {
      return codecs.stream().filter(codec -> !codec.isTelephoneEvent()).toList();
    }
    return kind == LegKind.LINK ? codecs : completed(codecs, CodecCatalog.all());
  }

  /** These codecs and the telephone-events of their clock rates that they lack. */
  private static List<Codec> completed(List<Codec> codecs, List<Codec> from) {
    Set<Integer> missing = new HashSet<>();
    codecs.stream().filter(Codec::isPrimary).forEach(codec -> missing.add(codec.clockRate()));
    codecs.stream()
        .filter(Codec::isTelephoneEvent)
        .forEach(codec -> missing.remove(codec.clockRate()));
    List<Codec> all = new ArrayList<>(codecs);
    from.stream()
        .filter(codec -> codec.isTelephoneEvent() && missing.remove(codec.clockRate()))
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** What an offer of the peer is answered with, given what the other leg makes of it. */
  AnswerTerms answered(PeerMedia offer, AnswerTerms terms) {
    List<AgreedCodec> codecs = terms.codecs();
    if (dtmf == Dtmf.INFO || dtmf == Dtmf.INBAND) {
      codecs = codecs.stream().filter(codec -> !codec.ours().isTelephoneEvent()).toList();
    } else if (kind != LegKind.LINK) {
      List<Codec> ours = codecs.stream().map(AgreedCodec::ours).toList();
      List<Codec> all = completed(ours, offer.codecs());
      codecs = new ArrayList<>(codecs);
      for (Codec added : all.subList(ours.size(), all.size())) {
        codecs.add(taken(added));
      }
      if (events(codecs) == null) {
        // Phones offer events of 8000 Hz alone beside Opus, and send them so.
        offer.codecs().stream()
            .filter(Codec::isTelephoneEvent)
            .findFirst()
            .map(KeyTerms::taken)
            .ifPresent(codecs::add);
      }
    }
    return terms.withCodecs(List.copyOf(codecs));
  }

  private static AgreedCodec taken(Codec offered) {
    return new AgreedCodec(offered.withFeedback(List.of()), offered);
  }

  /** How the peer takes keys, by what was agreed. */
  KeyForm form(List<AgreedCodec> codecs) {
    AgreedCodec event = events(codecs);
    if (event != null) {
      return new KeyForm.Events(event.theirs().payloadType(), event.theirs().clockRate());
    }
    AgreedCodec first = first(codecs);
    if (first != null && dtmf != Dtmf.INFO) {
      AudioCodec audio = toned(first.theirs());
      if (audio != null) {
        return new KeyForm.Tones(first.theirs().payloadType(), audio);
      }
    }
    return new KeyForm.Signalled();
  }

  /** The events of the clock rate in use, else any. */
  private static @Nullable AgreedCodec events(List<AgreedCodec> codecs) {
    AgreedCodec first = first(codecs);
    AgreedCodec found = null;
    for (AgreedCodec codec : codecs) {
      if (codec.ours().isTelephoneEvent()) {
        boolean fits = first != null && codec.ours().clockRate() == first.ours().clockRate();
        found = found == null || fits ? codec : found;
      }
    }
    return found;
  }

  private static @Nullable AgreedCodec first(List<AgreedCodec> codecs) {
    return codecs.stream().filter(codec -> codec.ours().isPrimary()).findFirst().orElse(null);
  }

  /** The codec in which tones survive and are cheap to listen for, null for others. */
  private static @Nullable AudioCodec toned(Codec codec) {
    AudioCodec audio = AudioCodec.of(codec.name(), codec.clockRate());
    return audio != null && audio != AudioCodec.OPUS ? audio : null;
  }

  /**
   * How keys of this leg's peer get to another's. Events pass as they come only where both name
   * them alike and the audio beside them is of one codec, so that they share its timestamps.
   */
  KeyRoute toward(KeyTerms to, List<AgreedCodec> from, List<AgreedCodec> other) {
    KeyForm form = to.form(other);
    AgreedCodec mine = first(from);
    AgreedCodec theirs = first(other);
    boolean alike = mine != null && theirs != null && mine.format().equals(theirs.format());
    Set<String> passing = new HashSet<>();
    if (alike && form instanceof KeyForm.Events) {
      other.forEach(codec -> passing.add(codec.format()));
    }
    Map<Integer, Integer> events = new HashMap<>();
    Map<Integer, AudioCodec> tones = new HashMap<>();
    boolean listen = hasOnlyTones(from) && !(form instanceof KeyForm.Tones);
    for (AgreedCodec codec : from) {
      AudioCodec audio = toned(codec.ours());
      if (codec.ours().isTelephoneEvent() && !passing.contains(codec.format())) {
        events.putIfAbsent(codec.ours().payloadType(), codec.ours().clockRate());
        events.putIfAbsent(codec.theirs().payloadType(), codec.theirs().clockRate());
      } else if (listen && audio != null) {
        tones.putIfAbsent(codec.ours().payloadType(), audio);
        tones.putIfAbsent(codec.theirs().payloadType(), audio);
      }
    }
    return new KeyRoute(events, tones, form);
  }

  private boolean hasOnlyTones(List<AgreedCodec> codecs) {
    return dtmf != Dtmf.INFO && kind != LegKind.LINK && events(codecs) == null;
  }

  /**
   * Whether keys that signalling brings are sent to the peer as media; browsers never see those.
   */
  boolean takesInMedia(List<AgreedCodec> codecs) {
    return kind.isPhone() && !(form(codecs) instanceof KeyForm.Signalled);
  }
}
