package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Kind;
import org.drawbridge.media.api.LegQuality.Way;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.plane.PathReport;
import org.drawbridge.media.quality.EModel;
import org.jspecify.annotations.Nullable;

/** Judges what a transport measured by the codec its stream has agreed to. */
final class LegQualities {

  private final Kind kind;
  private final String codec;
  private final LegStats stats;
  private final PathReport path;

  private LegQualities(LegStream stream) {
    Negotiated settled = stream.negotiated();
    kind =
        switch (stream.type()) {
          case AUDIO -> Kind.AUDIO;
          case VIDEO -> Kind.VIDEO;
        };
    codec = nameOf(settled == null ? List.of() : settled.codecs());
    stats = stream.transport().stats();
    path = stream.transport().path();
  }

  static LegQuality of(LegStream stream) {
    LegQualities measured = new LegQualities(stream);
    return new LegQuality(
        measured.kind,
        measured.codec,
        measured.received(),
        measured.sent(),
        measured.path.roundTripMillis(),
        measured.stats.recovery());
  }

  private static String nameOf(List<AgreedCodec> codecs) {
    return CodecAgreement.media(codecs).stream()
        .findFirst()
        .map(first -> first.theirs().name())
        .orElse("none");
  }

  private Way received() {
    long lost = stats.packetsLost();
    long expected = stats.packetsReceived() - stats.recovery().repeated() + lost;
    double mos = score(fraction(lost, expected), stats.jitterMillis());
    return new Way(expected, lost, path.recentLoss(), stats.jitterMillis(), mos);
  }

  private @Nullable Way sent() {
    if (path.sentLost() < 0) {
      return null;
    }
    double loss = fraction(path.sentLost(), stats.packetsSent());
    double mos = score(loss, path.sentJitterMillis());
    if (path.peerMos() > 0) {
      // Some report a score of another scale, on which wideband is better than all there is on
      // ours.
      mos = Math.min(path.peerMos(), EModel.score(codec, 0, 0, 0));
    }
    return new Way(
        stats.packetsSent(), path.sentLost(), path.sentRecentLoss(), path.sentJitterMillis(), mos);
  }

  private double score(double loss, double jitterMillis) {
    double oneWay = Math.max(0, path.roundTripMillis()) / 2;
    return switch (kind) {
      case AUDIO -> EModel.score(codec, loss, jitterMillis, oneWay);
      case VIDEO -> 0;
    };
  }

  private static double fraction(long lost, long expected) {
    return expected <= 0 ? 0 : Math.clamp((double) lost / expected, 0, 1);
  }
}
