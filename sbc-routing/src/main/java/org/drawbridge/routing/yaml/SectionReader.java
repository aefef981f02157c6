package org.drawbridge.routing.yaml;

import org.jspecify.annotations.Nullable;

/** Reads a section into a record. */
@FunctionalInterface
public interface SectionReader<T> {

  /** Asks the section for every key it may have. */
  @Nullable T read(Section section);

  /** Reads the section at {@code value} and reports the keys that were not asked for. */
  default @Nullable T readClosed(YamlValue value) {
    Section section = value.section();
    if (section == null) {
      return null;
    }
    T read = read(section);
    section.close();
    return read;
  }
}
