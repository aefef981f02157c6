package org.drawbridge.sip.transport;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.drawbridge.sip.transport.tls.ClientTls;
import org.drawbridge.sip.transport.tls.PemFile;
import org.drawbridge.sip.transport.tls.PemIdentity;
import org.drawbridge.sip.transport.tls.TlsContexts;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/**
 * What a listener does for its peers, apart from the socket: a reload may change it while the
 * socket stays. Immutable.
 *
 * @param settings what was asked for
 * @param identity the certificate of secure transports, as read from its file; null for others
 * @param clients authorities of client certificates; null where none is asked for
 * @param tls the same as the TLS engine wants it; null where there is no identity
 */
record ListenerService(
    ListenerSettings settings,
    @Nullable PemIdentity identity,
    @Nullable List<X509Certificate> clients,
    @Nullable SslContext tls) {

  /**
   * Reads what the settings name. Blocks.
   *
   * @throws ListenException if the certificate cannot be used
   */
  static ListenerService of(ListenerSettings settings) throws ListenException {
    return of(settings, null);
  }

  /**
   * The same where there is one in force already: as long as the certificate is the same, TLS
   * sessions of earlier connections can be resumed.
   *
   * @throws ListenException if the certificate cannot be used
   */
  static ListenerService of(ListenerSettings settings, @Nullable ListenerService before)
      throws ListenException {
    TlsFiles files = settings.tls();
    if (!settings.transport().isSecure() || files == null) {
      return new ListenerService(settings, null, null, null);
    }
    try {
      PemIdentity identity = PemIdentity.read(files);
      ClientTls asked = settings.clients();
      List<X509Certificate> clients =
          asked == null ? null : PemFile.authorities(asked.authorities());
      SslContext tls =
          before != null && before.isSame(identity, clients, asked)
              ? before.tls
              : TlsContexts.server(identity, clients, asked != null && asked.required());
      return new ListenerService(settings, identity, clients, tls);
    } catch (IOException e) {
      throw new ListenException(settings, String.valueOf(e.getMessage()), e);
    }
  }

  private boolean isSame(
      PemIdentity other, @Nullable List<X509Certificate> authorities, @Nullable ClientTls asked) {
    return other.equals(identity)
        && Objects.equals(authorities, clients)
        && Objects.equals(asked, settings.clients());
  }
}
