package org.drawbridge.sip.transport.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 and 1.3 by the JDK, for what we accept and what we open (RFC 3261 section 26.3, RFC
 * 5922).
 */
public final class TlsContexts {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /**
   * The store that a key is put into on its way to the TLS engine. It never leaves memory, so the
   * thousands of hash rounds by which the default one guards a key would only delay the start.
   */
  private static final String STORE = "JKS";

  private static final char[] NO_PASSWORD = {};

  /**
   * Computes the keys of handshakes, which take a millisecond of CPU each: hundreds of browsers
   * that come back at once must not hold up the calls of a signalling loop. Networks have their
   * turn one after the other, since a greeting costs its sender nothing.
   */
  private static final FairTasks TASKS = new FairTasks(threads());

  static {
    // In TLS 1.2 a client may else begin anew for ever: one connection, keys of ours without end.
    // The JDK reads this when it shakes hands for the first time.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    // As servers we have one certificate whatever name a client asks for (RFC 6066 section 3), and
    // phones ask for what was typed into them: "host:port", or a name with an underscore or a dot
    // at its end, for which the JDK would refuse them. It reads this when it first does TLS.
    System.setProperty("jdk.tls.server.disableExtensions", "server_name");
  }

  private TlsContexts() {}

  /**
   * {@link #TASKS} for one connection.
   *
   * @param network whose connection it is; all of one network share their turns
   */
  public static Executor tasks(Channel channel, Object network) {
    return tasks(channel, task -> TASKS.execute(network, task));
  }

  /**
   * An executor that does nothing for a connection once that is closed: whoever sends greetings and
   * hangs up is not to fill the queue with work that nobody waits for.
   */
  static Executor tasks(Channel channel, Executor executor) {
    return task ->
        executor.execute(
            () -> {
              if (channel.isOpen()) {
                task.run();
              }
            });
  }

  private static Executor threads() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().name("tls-", 0).daemon().factory());
  }

  /**
   * The server side. Made of an engine's context of our own, since Netty's builder for servers
   * first tries what the JDK can do, on a key of its own, for a quarter of a second.
   *
   * @param clients who vouches for clients; null where they are not asked for a certificate
   * @param required whether a client without one is turned away
   * @throws IOException if the engine cannot use the key
   */
  public static SslContext server(
      PemIdentity identity, @Nullable List<X509Certificate> clients, boolean required)
      throws IOException {
    TrustManager[] trusted =
        clients == null ? new TrustManager[0] : new TrustManager[] {trust(clients)};
    ClientAuth asked = required ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
    return new JdkSslContext(
        engine(identity, trusted),
        false,
        null,
        IdentityCipherSuiteFilter.INSTANCE,
        ApplicationProtocolConfig.DISABLED,
        clients == null ? ClientAuth.NONE : asked,
        PROTOCOLS,
        false);
  }

  private static SSLContext engine(PemIdentity identity, TrustManager[] trusted)
      throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(STORE);
      store.load(null, null);
      X509Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
      store.setKeyEntry("key", identity.key(), NO_PASSWORD, chain);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(store, NO_PASSWORD);
      SSLContext engine = SSLContext.getInstance("TLS");
      engine.init(keys.getKeyManagers(), trusted, null);
      return engine;
    } catch (GeneralSecurityException e) {
      throw new IOException("a key that cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * The client side.
   *
   * @param authorities who vouches for servers; null for the authorities of the JDK
   * @param identity what is shown where the server asks; null for nothing
   * @throws IOException if the engine cannot use them
   */
  static SslContext client(
      @Nullable List<X509Certificate> authorities, @Nullable PemIdentity identity)
      throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols(PROTOCOLS)
            .trustManager(trust(authorities))
            .endpointIdentificationAlgorithm(null); // PeerTrust looks at the names
    if (identity != null) {
      builder.keyManager(identity.key(), identity.chain()).keyStoreType(STORE);
    }
    return builder.build();
  }

  private static PeerTrust trust(@Nullable List<X509Certificate> authorities) throws IOException {
    try {
      return PeerTrust.of(authorities);
    } catch (GeneralSecurityException e) {
      throw new IOException("authorities that cannot be used: " + e.getMessage(), e);
    }
  }
}
