package org.drawbridge.routing.config.reader;

import java.util.List;
import org.drawbridge.routing.trunk.TrunkDtmf;
import org.drawbridge.routing.trunk.TrunkProfile;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;

/**
 * Reads {@code codecs}, {@code session-timers}, {@code dtmf}, {@code service-urns}, {@code
 * symmetric-rtp} and {@code headers} of a trunk.
 */
final class TrunkProfileReader {

  private TrunkProfileReader() {}

  static TrunkProfile read(Section trunk) {
    return new TrunkProfile(
        trunk.optional("codecs", CodecLimitReader::codecs, List.of()),
        trunk.optional("session-timers", Scalars::bool, true),
        trunk.optional("dtmf", Scalars.oneOf(TrunkDtmf.class), TrunkDtmf.AUTO),
        trunk.optional("service-urns", Scalars::bool, false),
        trunk.optional("symmetric-rtp", Scalars::bool, true),
        trunk.section("headers", new HeaderReader(0)::read, List.of()));
  }
}
