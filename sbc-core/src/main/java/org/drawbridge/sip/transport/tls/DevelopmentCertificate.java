package org.drawbridge.sip.transport.tls;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A self-signed certificate for machines that have no other, so that TLS and WSS work at the first
 * start. Browsers ask whether to trust it. Files that we did not make are never touched.
 */
public final class DevelopmentCertificate {
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private DevelopmentCertificate() {}

  /** What {@link #ensure} found or did. */
  public enum Outcome {
    /** There was none; one was made. */
    CREATED("was made for development: nobody trusts it"),
    /** Ours was about to expire; a new one took its place. */
    RENEWED("was made anew for development: nobody trusts it"),
    /** Ours is good for some time yet. */
    KEPT("is one for development: nobody trusts it"),
    /** An operator's: not looked at any further. */
    FOREIGN("is your own");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** What is said of the file, for an operator. */
    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * Makes the certificate if there is no file, renews it if it is ours and expires within 30 days.
   * Blocks; to be called at start.
   *
   * @param file for certificate and key in PEM; will be readable by its owner only
   * @param now for the term of validity
   * @throws IOException if the file cannot be written
   */
  public static Outcome ensure(Path file, Instant now) throws IOException {
    if (!Files.exists(file)) {
      write(file, now);
      return Outcome.CREATED;
    }
    X509Certificate certificate = first(file);
    if (certificate == null || !SelfSignedCertificate.isOurs(certificate)) {
      return Outcome.FOREIGN;
    }
    if (certificate.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE))) {
      return Outcome.KEPT;
    }
    write(file, now);
    return Outcome.RENEWED;
  }

  /**
   * What cannot be read is certainly not ours; starting the listener will tell what is wrong with
   * it.
   */
  private static @Nullable X509Certificate first(Path file) {
    try {
      List<X509Certificate> chain = PemFile.read(file).certificates();
      return chain.isEmpty() ? null : chain.getFirst();
    } catch (IOException e) {
      return null;
    }
  }

  /** Never leaves half a file behind, and never a key that others could read for a moment. */
  private static void write(Path file, Instant now) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path draft = Files.createTempFile(directory, ".server", ".pem", ownerOnly());
    try {
      Files.writeString(draft, SelfSignedCertificate.pem(now));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
