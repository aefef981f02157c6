package org.drawbridge.routing.yaml;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Readers of plain values: numbers, times, sizes, choices, paths. */
public final class Scalars {

  private static final Pattern WITH_UNIT = Pattern.compile("([0-9]{1,9}) ?([A-Za-z]*)");

  private static final Map<String, Long> MILLIS =
      new TreeMap<>(Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L));

  private static final Map<String, Long> BYTES =
      new TreeMap<>(Map.of("B", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30));

  private Scalars() {}

  /** Any text. */
  public static ValueReader<String> text() {
    return YamlValue::text;
  }

  /** Text of 1 to {@code max} characters that an expression matches as a whole. */
  public static ValueReader<String> text(Pattern allowed, int max, String what) {
    return value -> {
      String text = value.text();
      if (text == null || (text.length() <= max && allowed.matches(text) && !text.isEmpty())) {
        return text;
      }
      return value.problem("\"" + value.written() + "\" is not " + what);
    };
  }

  /** A whole number. */
  public static ValueReader<Integer> number(int min, int max) {
    return value -> {
      String text = value.text();
      if (text == null) {
        return null;
      }
      try {
        int number = Integer.parseInt(text);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException _) {
        // Said below, together with the bounds.
      }
      return value.problem(
          "\"" + value.written() + "\" is not a whole number from " + min + " to " + max);
    };
  }

  /** {@code true} or {@code false}. */
  public static @Nullable Boolean bool(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> value.problem("\"" + value.written() + "\" is neither true nor false");
    };
  }

  /** A time with its unit, as in {@code 30s}. */
  public static ValueReader<Duration> duration(Duration min, Duration max) {
    return value -> {
      Long millis = withUnit(value, MILLIS, "a time", "30s");
      if (millis == null) {
        return null;
      }
      Duration duration = Duration.ofMillis(millis);
      if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
        return value.problem(
            "\"" + value.written() + "\" is not within " + words(min) + " and " + words(max));
      }
      return duration;
    };
  }

  /** A size in bytes with its unit, as in {@code 64KB}. */
  public static ValueReader<Integer> size(int min, int max) {
    return value -> {
      Long bytes = withUnit(value, BYTES, "a size", "64KB");
      if (bytes == null) {
        return null;
      }
      if (bytes < min || bytes > max) {
        return value.problem(
            "\"" + value.written() + "\" is not within " + min + "B and " + max + "B");
      }
      return bytes.intValue();
    };
  }

  private static @Nullable Long withUnit(
      YamlValue value, Map<String, Long> units, String what, String example) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    Matcher matcher = WITH_UNIT.matcher(text);
    Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
    if (unit != null) {
      return Long.parseLong(matcher.group(1)) * unit;
    }
    if (text.equals("0")) {
      return 0L;
    }
    return value.problem(
        "\""
            + value.written()
            + "\" is not "
            + what
            + ": write a number and "
            + String.join(", ", units.keySet())
            + ", as in "
            + example);
  }

  private static String words(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** One of the names of an enum, lower case with hyphens. */
  public static <E extends Enum<E>> ValueReader<E> oneOf(Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    List<String> names = constants.stream().map(Scalars::token).toList();
    return value -> {
      String text = value.text();
      if (text == null) {
        return null;
      }
      int index = names.indexOf(text);
      return index >= 0 ? constants.get(index) : value.problem(unknownValue(value, names));
    };
  }

  /** One of the given names. */
  public static ValueReader<String> oneOf(List<String> names) {
    return value -> {
      String text = value.text();
      return text == null || names.contains(text)
          ? text
          : value.problem(unknownValue(value, names));
    };
  }

  private static String unknownValue(YamlValue value, List<String> names) {
    return Section.unknown("value", value.written(), names);
  }

  private static String token(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The path of something that is read, which is watched for changes from then on; a relative one
   * counts from the directory that the program was started in.
   */
  public static @Nullable Path path(YamlValue value) {
    Path path = output(value);
    if (path != null) {
      value.reads(path);
    }
    return path;
  }

  /** The path of something that the program itself writes. */
  public static @Nullable Path output(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    try {
      return text.isEmpty() ? value.problem("a path is missing here") : Path.of(text);
    } catch (InvalidPathException _) {
      return value.problem("\"" + value.written() + "\" is not a path");
    }
  }
}
