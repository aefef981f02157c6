package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Way;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.quality.EModel;
import org.drawbridge.media.relay.PathReport;
import org.drawbridge.media.relay.RelayTransport;
import org.jspecify.annotations.Nullable;

/** Judges what a transport measured by the codec its leg has agreed to. */
final class LegQualities {

  private LegQualities() {}

  static LegQuality of(RelayTransport transport, List<AgreedCodec> codecs) {
    String codec =
        CodecAgreement.media(codecs).stream()
            .findFirst()
            .map(first -> first.theirs().name())
            .orElse("none");
    LegStats stats = transport.stats();
    PathReport path = transport.path();
    double oneWay = Math.max(0, path.roundTripMillis()) / 2;
    long expected = stats.packetsReceived() + stats.packetsLost();
    double mos =
        EModel.score(codec, fraction(stats.packetsLost(), expected), stats.jitterMillis(), oneWay);
    Way received =
        new Way(expected, stats.packetsLost(), path.recentLoss(), stats.jitterMillis(), mos);
    return new LegQuality(codec, received, sent(codec, stats, path), path.roundTripMillis());
  }

  private static @Nullable Way sent(String codec, LegStats stats, PathReport path) {
    if (path.sentLost() < 0) {
      return null;
    }
    double loss = fraction(path.sentLost(), stats.packetsSent());
    double oneWay = Math.max(0, path.roundTripMillis()) / 2;
    double mos =
        path.peerMos() > 0
            ? path.peerMos()
            : EModel.score(codec, loss, path.sentJitterMillis(), oneWay);
    return new Way(
        stats.packetsSent(), path.sentLost(), path.sentRecentLoss(), path.sentJitterMillis(), mos);
  }

  private static double fraction(long lost, long expected) {
    return expected <= 0 ? 0 : Math.clamp((double) lost / expected, 0, 1);
  }
}
