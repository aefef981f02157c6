package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.util.List;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.value.Announcement;
import org.drawbridge.routing.value.Announcement.Sound;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code service} and what stands beside it: a service of our own. */
final class ServiceTargetReader {

  private static final String ANNOUNCEMENT = "announcement";
  private static final List<String> SERVICES = List.of("echo", ANNOUNCEMENT);
  private static final List<String> BESIDE = List.of("file", "tone", "answer", "repeat", "status");
  private static final ValueReader<Integer> TIMES = Scalars.number(1, 1000);
  private static final ValueReader<Integer> STATUS = Scalars.number(400, 699);
  private static final String PART = "[0-9]{1,4}(?:[+][0-9]{2,4}){0,3}/[0-9]{1,5}";
  private static final Pattern TONE =
      Pattern.compile("ringback|busy|congestion|dial|" + PART + "(?:, *" + PART + "){0,15}");

  private ServiceTargetReader() {}

  static @Nullable Target read(Section section) {
    String name = section.optional("service", Scalars.oneOf(SERVICES));
    Path file = section.optional("file", SoundFile::read);
    String tone = section.optional("tone", ServiceTargetReader::tone);
    boolean answer = section.optional("answer", Scalars::bool, false);
    int times = section.optional("repeat", TIMES, 1);
    Integer status = section.optional("status", STATUS);
    if (name == null || !name.equals(ANNOUNCEMENT)) {
      BESIDE.stream()
          .filter(section::has)
          .forEach(key -> section.place().problem("\"" + key + "\" belongs to an announcement"));
      return name == null ? null : new Target.Service(name, null);
    }
    if (section.has("file") == section.has("tone")) {
      return section.place().problem("an announcement needs either \"file\" or \"tone\"");
    }
    if (answer && status != null) {
      section.place().problem("\"status\" is for announcements before the call is answered");
    }
    Sound sound = file == null ? toneOf(tone) : new Sound.File(file);
    return sound == null
        ? null
        : new Target.Service(name, new Announcement(sound, answer, times, status));
  }

  private static @Nullable Sound toneOf(@Nullable String tone) {
    return tone == null ? null : new Sound.Tone(tone);
  }

  static @Nullable String tone(YamlValue value) {
    String text = value.text();
    return text == null || TONE.matches(text)
        ? text
        : value.problem(
            "\""
                + value.written()
                + "\" is not ringback, busy, congestion, dial or a cadence as in 425/500,0/500");
  }

  /** Once a call is answered here, nobody else can answer it. */
  static void check(YamlValue to, List<Target> targets) {
    boolean early =
        targets.stream()
            .limit(Math.max(0, targets.size() - 1))
            .anyMatch(
                target ->
                    target instanceof Target.Service(_, Announcement said)
                        && said != null
                        && said.answer());
    if (early) {
      to.problem("an announcement with \"answer: true\" comes last: the call is over after it");
    }
  }
}
