package org.drawbridge.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is served. What shrinks by it is compressed when it is read, so that nobody can have
 * us compress anything.
 *
 * @param body its bytes, not to be changed
 * @param contentType by its name
 * @param etag a hash of its bytes, in quotes (RFC 9110 section 8.8.3)
 * @param zipped the same for those who take gzip, with a tag of its own; null where that is no
 *     shorter
 */
record Asset(byte[] body, String contentType, String etag, @Nullable Asset zipped) {
  private static final int ETAG_BYTES = 12;

  /** Larger files are those of an operator who has other means. */
  private static final int MAX_ZIPPED = 4 << 20;

  private static final Set<String> TEXTS =
      Set.of("html", "js", "mjs", "css", "json", "map", "txt", "svg", "webmanifest");
  private static final String UNKNOWN = "application/octet-stream";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("webmanifest", "application/manifest+json"));

  static Asset of(String name, byte[] body) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.getOrDefault(extension, UNKNOWN);
    byte[] zipped = TEXTS.contains(extension) && body.length <= MAX_ZIPPED ? zip(body) : body;
    return new Asset(
        body,
        type,
        etag(body),
        zipped.length < body.length ? new Asset(zipped, type, etag(zipped), null) : null);
  }

  private static byte[] zip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all bytes", e);
    }
    return out.toByteArray();
  }

  private static String etag(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return '"' + HexFormat.of().formatHex(hash, 0, ETAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
