package org.drawbridge.sip.transport.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies certificates of SIP peers: that an authority vouches for them, and of those that we turn
 * to that they are for the host we asked for (RFC 5922). Thread-safe.
 */
final class PeerTrust extends X509ExtendedTrustManager {

  /**
   * What a key may be for to sign in with it as a client: public authorities no longer certify
   * clients, so that a SIP server shows the certificate it has as a server; RFC 5924 has a purpose
   * of its own for SIP.
   */
  private static final Set<String> PURPOSES =
      Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.20", "2.5.29.37.0");

  private final X509ExtendedTrustManager chains;

  private PeerTrust(X509ExtendedTrustManager chains) {
    this.chains = chains;
  }

  /**
   * Trusts these authorities and nobody else.
   *
   * @param authorities null for those of the JDK
   * @throws GeneralSecurityException if the JDK cannot work with them
   */
  static PeerTrust of(@Nullable List<X509Certificate> authorities) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities == null ? null : store(authorities));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager chains) {
        return new PeerTrust(chains);
      }
    }
    throw new GeneralSecurityException("this JDK verifies no certificates");
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry(Integer.toString(i), certificates.get(i));
      }
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    chains.checkServerTrusted(chain, authType, engine);
    String host = engine.getPeerHost();
    CertificateNames names = CertificateNames.of(chain[0]);
    if (host == null || !names.isFor(host)) {
      throw new CertificateException(
          "the certificate is for " + names.domains() + " and not for " + host);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    X509Certificate client = chain[0];
    List<String> purposes = client.getExtendedKeyUsage();
    if (purposes != null && purposes.stream().noneMatch(PURPOSES::contains)) {
      throw new CertificateException("the certificate is not for TLS");
    }
    List<X509Certificate> authorities = List.of(chains.getAcceptedIssuers());
    if (authorities.contains(client)) {
      client.checkValidity();
      return;
    }
    try {
      CertPathBuilder.getInstance("PKIX").build(path(authorities, chain));
    } catch (GeneralSecurityException e) {
      throw new CertificateException("no authority of ours vouches for the client", e);
    }
  }

  private static PKIXBuilderParameters path(
      List<X509Certificate> authorities, X509Certificate[] chain) throws GeneralSecurityException {
    X509CertSelector end = new X509CertSelector();
    end.setCertificate(chain[0]);
    Set<TrustAnchor> anchors =
        authorities.stream().map(a -> new TrustAnchor(a, null)).collect(Collectors.toSet());
    PKIXBuilderParameters path = new PKIXBuilderParameters(anchors, end);
    path.setRevocationEnabled(false);
    path.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(chain))));
    return path;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw unknownPeer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw unknownPeer();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw unknownPeer();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw unknownPeer();
  }

  /** Netty asks with an engine always; without one there is no host to hold the names against. */
  private static CertificateException unknownPeer() {
    return new CertificateException("nobody knows whom the certificate should be for");
  }
}
