package org.drawbridge.sip.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.drawbridge.sip.transport.tls.DevelopmentCertificate;
import org.drawbridge.sip.transport.tls.PemFile;

/** One development certificate for all tests, and clients of the JDK that trust it. */
final class TestTls {
  private static final Path CERTIFICATE = make();

  private TestTls() {}

  static Path certificate() {
    return CERTIFICATE;
  }

  static SSLContext client() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("server", PemFile.read(CERTIFICATE).certificates().getFirst());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path make() {
    try {
      Path directory = Files.createTempDirectory("drawbridge-tls");
      Path file = directory.resolve("server.pem");
      DevelopmentCertificate.ensure(file, Instant.now());
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
