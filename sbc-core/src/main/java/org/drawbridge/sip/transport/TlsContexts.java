package org.drawbridge.sip.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 and 1.3 by the JDK, for what we accept and what we open (RFC 3261 section 26.3, RFC
 * 5922).
 */
final class TlsContexts {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /**
   * The store that a key is put into on its way to the TLS engine. It never leaves memory, so the
   * thousands of hash rounds by which the default one guards a key would only delay the start.
   */
  private static final String STORE = "JKS";

  /**
   * Computes the keys of handshakes, which take a millisecond of CPU each: hundreds of browsers
   * that come back at once must not hold up the calls of a signalling loop.
   */
  static final Executor TASKS = tasks();

  private TlsContexts() {}

  private static Executor tasks() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().name("tls-", 0).daemon().factory());
  }

  /**
   * The server side.
   *
   * @throws IOException if the engine cannot use the key
   */
  static SslContext server(PemIdentity identity) throws IOException {
    return SslContextBuilder.forServer(identity.key(), identity.chain())
        .keyStoreType(STORE)
        .sslProvider(SslProvider.JDK)
        .protocols(PROTOCOLS)
        .build();
  }

  /**
   * The client side.
   *
   * @throws IOException if the file of extra authorities cannot be used
   */
  static SslContext client(OutgoingTls settings) throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(PROTOCOLS);
    if (!settings.verify()) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm(null);
    } else if (settings.extraAuthorities() != null) {
      builder.trustManager(trusting(settings.extraAuthorities()));
    }
    return builder.build();
  }

  private static TrustManagerFactory trusting(Path extraAuthorities) throws IOException {
    List<X509Certificate> extra = PemFile.read(extraAuthorities).certificates();
    if (extra.isEmpty()) {
      throw new IOException(extraAuthorities + " holds no certificate");
    }
    try {
      List<X509Certificate> all = new ArrayList<>(extra);
      for (TrustManager manager : factory(null).getTrustManagers()) {
        if (manager instanceof X509TrustManager authorities) {
          all.addAll(List.of(authorities.getAcceptedIssuers()));
        }
      }
      return factory(store(all));
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot trust " + extraAuthorities + ": " + e.getMessage(), e);
    }
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry(Integer.toString(i), certificates.get(i));
    }
    return store;
  }

  /** A factory over a store; null stands for the JDK's own authorities. */
  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
