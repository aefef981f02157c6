package org.drawbridge.sip.grammar;

import org.jspecify.annotations.Nullable;

/**
 * An Event value (RFC 6665 section 8.2.1). {@code toString} is the header value.
 *
 * @param type the package, with its templates
 * @param id null when not written
 */
public record EventPackage(String type, @Nullable String id) {
  @Override
  public String toString() {
    return id == null ? type : type + ";id=" + id;
  }
}
