package org.drawbridge.sip.transport.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Who the far end of a connection has proven to be by its certificate. */
public final class TlsPeer {

  private TlsPeer() {}

  /** The SIP domains of its verified certificate; none without one. To be asked after TLS is up. */
  public static List<String> names(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      return List.of();
    }
    try {
      return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate shown
          ? CertificateNames.of(shown).domains()
          : List.of();
    } catch (SSLPeerUnverifiedException | CertificateException _) {
      return List.of();
    }
  }
}
