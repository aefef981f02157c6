package org.drawbridge.routing.config.reader;

import java.util.List;
import org.drawbridge.routing.config.CallMode;
import org.drawbridge.routing.config.MediaPath;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code codecs} of a route. */
final class CodecLimitReader {

  private CodecLimitReader() {}

  static List<String> read(Section section, CallMode mode, MediaPath media) {
    YamlValue written = section.find("codecs");
    if (written != null && media == MediaPath.DIRECT) {
      written.problem("\"codecs\" needs \"media: relay\": what goes past us is not ours to change");
    }
    if (written != null && mode == CallMode.PROXY) {
      written.problem("\"codecs\" needs \"mode: b2bua\": a proxy passes offers on as they are");
    }
    return section.optional("codecs", CodecLimitReader::codecs, List.of());
  }

  static @Nullable List<String> codecs(YamlValue value) {
    return value.list().isEmpty()
        ? value.problem("at least one codec is needed")
        : value.list(MediaReader.CODEC);
  }
}
