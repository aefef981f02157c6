package org.drawbridge.sip.transport.tls;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What connections are opened with, as read from the files that the settings name. Immutable: a
 * reload swaps the whole of it.
 */
public final class OutgoingContexts {

  private final Context usual;
  private final Map<String, Context> byIdentity;

  /** One of them; equal inputs keep their engine, so that TLS sessions can be resumed. */
  private record Context(
      @Nullable List<X509Certificate> authorities,
      @Nullable PemIdentity identity,
      SslContext engine) {}

  private OutgoingContexts(Context usual, Map<String, Context> byIdentity) {
    this.usual = usual;
    this.byIdentity = Map.copyOf(byIdentity);
  }

  /**
   * Reads all files. Blocks.
   *
   * @param before those in force, null for none
   * @throws IOException naming whose file it is and what is wrong with it
   */
  public static OutgoingContexts read(OutgoingSettings settings, @Nullable OutgoingContexts before)
      throws IOException {
    Context usual = context(settings.tls(), before == null ? null : before.usual);
    Map<String, Context> all = new HashMap<>();
    for (Map.Entry<String, OutgoingTls> entry : settings.identities().entrySet()) {
      String name = entry.getKey();
      try {
        Context old = before == null ? null : before.byIdentity.get(name);
        all.put(name, context(entry.getValue(), old));
      } catch (IOException e) {
        throw new IOException("trunk " + name + ": " + e.getMessage(), e);
      }
    }
    return new OutgoingContexts(usual, all);
  }

  private static Context context(OutgoingTls settings, @Nullable Context before)
      throws IOException {
    Path file = settings.authorities();
    TlsFiles files = settings.identity();
    List<X509Certificate> authorities = file == null ? null : PemFile.authorities(file);
    PemIdentity identity = files == null ? null : PemIdentity.read(files);
    Context fresh = new Context(authorities, identity, TlsContexts.client(authorities, identity));
    return before != null && same(before, fresh) ? before : fresh;
  }

  private static boolean same(Context one, Context other) {
    return Objects.equals(one.authorities, other.authorities)
        && Objects.equals(one.identity, other.identity);
  }

  /** That of an identity; the usual one where there is none of the name, as after a reload. */
  public SslContext of(String identity) {
    return byIdentity.getOrDefault(identity, usual).engine;
  }
}
