package org.drawbridge.routing.config.reader;

import java.nio.file.Path;
import java.util.List;
import org.drawbridge.routing.change.Privacy;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.CallMode;
import org.drawbridge.routing.config.MediaPath;
import org.drawbridge.routing.config.RedirectPolicy;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.config.reader.SetReader.Changes;
import org.drawbridge.routing.trunk.TransferMode;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads how a route carries its calls: keys that stand beside {@code to}. */
final class HandlingReader {

  private HandlingReader() {}

  static CallHandling read(Section section, List<Target> targets, Changes changes) {
    YamlValue written = section.find("media");
    YamlValue modeWritten = section.find("mode");
    MediaPath media =
        section.optional("media", Scalars.oneOf(MediaPath.class), CallHandling.STANDARD.media());
    CallMode mode =
        section.optional("mode", Scalars.oneOf(CallMode.class), CallHandling.STANDARD.mode());
    boolean service = targets.stream().anyMatch(Target.Service.class::isInstance);
    if (written != null && media == MediaPath.DIRECT && service) {
      written.problem("a service needs \"media: relay\": nobody else is there to send media to");
    }
    if (modeWritten != null && mode == CallMode.PROXY) {
      checkProxy(modeWritten, service, changes);
    }
    RedirectPolicy redirect =
        section.optional(
            "redirect", Scalars.oneOf(RedirectPolicy.class), CallHandling.STANDARD.redirect());
    TransferMode transfer =
        section.optional(
            "transfer", Scalars.oneOf(TransferMode.class), CallHandling.STANDARD.transfer());
    return new CallHandling(
        mode,
        media,
        redirect,
        transfer,
        UrgencyReader.read(section, mode),
        CodecLimitReader.read(section, mode, media),
        audio(section, "record", HandlingReader::directory, mode, media),
        audio(section, "hold-music", SoundFile::read, mode, media));
  }

  private static @Nullable Path directory(YamlValue value) {
    String text = value.text();
    return "true".equals(text) || "false".equals(text)
        ? value.problem("\"record\" is the directory of the recordings, as in recordings/sales")
        : Scalars.output(value);
  }

  /** What we do to the audio needs it here, and a call of our own. */
  private static @Nullable Path audio(
      Section section, String key, ValueReader<Path> reader, CallMode mode, MediaPath media) {
    Path path = section.optional(key, reader);
    YamlValue written = section.find(key);
    if (written != null && (mode == CallMode.PROXY || media == MediaPath.DIRECT)) {
      written.problem("\"" + key + "\" needs \"mode: b2bua\" and \"media: relay\"");
    }
    return path;
  }

  private static void checkProxy(YamlValue mode, boolean service, Changes changes) {
    if (service) {
      mode.problem("a service needs \"mode: b2bua\": there is nobody to pass the call on to");
    }
    if (changes.caller() != null) {
      mode.problem("changing the caller needs \"mode: b2bua\": a proxy must not touch From");
    }
    if (changes.requests().privacy() != Privacy.CALLER) {
      mode.problem("\"privacy\" needs \"mode: b2bua\": a proxy must not touch From");
    }
  }
}
